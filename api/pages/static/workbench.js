// What script adds to the pages: each module finds its own elements and does nothing where there are none.
import { suggest } from "./suggest.js";
import { basket } from "./basket.js";
import { keys } from "./keys.js";
import { pictures } from "./pictures.js";
import { reading } from "./reading.js";
import { choosing } from "./choosing.js";
import { loading } from "./loading.js";

for (const start of [suggest, basket, keys, pictures, reading, choosing, loading]) start();
