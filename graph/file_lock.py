"""The lock of the operating system on an open file: one process has it, and it goes with the end of that process.

`take_lock` waits until it has the lock, `try_lock` says whether it got it. Who closes the file gives the lock back; a process that
is killed does, too. Windows has no such lock: there `HAS_LOCKS` is False and each process gets what it asks for.

Example: ``try_lock(handle)`` is False while another open file, of this process or another one, has the lock.

Left to others: which file, and what the lock means (`graph.store.embedded.lock_file`, `api.security.audit`, `api.loading.jobs`).
"""

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

HAS_LOCKS = fcntl is not None


def try_lock(handle: int) -> bool:
    """Take the lock on an open file if nobody has it; whether it was taken."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_lock(handle: int) -> None:
    """Wait for the lock on an open file."""
    if fcntl is not None:
        fcntl.flock(handle, fcntl.LOCK_EX)
