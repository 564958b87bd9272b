// Starts swagger-ui over this service's own description. No address outside this service is ever asked.
const described = new URL("../../openapi.json", document.currentScript.src).pathname;
window.onload = () => {
  SwaggerUIBundle({
    url: described,
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: true,
  });
};
