"""Determine where the register is, and whether a register can be there."""

import os
import sys
from pathlib import Path

from ipgtools.errors import RegisterError

__all__ = ["NAME", "network", "path_of", "require_place"]

NAME = "register.sqlite"
_NETWORK = {
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "coda",
    "davfs", "webdav", "ceph", "glusterfs", "lustre", "gpfs", "fuse.sshfs", "fuse.davfs",
    "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.gvfsd-fuse",
}  # fmt: skip
_REMOTE_DRIVE = 4


def path_of(given: str | Path | None = None) -> Path:
    """
    Return the path of the register.

    Parameters
    ----------
    given : path, optional
        As `[privacy] register` has it.

    Returns
    -------
    Path
        The one given, else that of the environment variable ``IPGTOOLS_REGISTER``, else
        ``register.sqlite`` in the user's data folder.

    Examples
    --------
    >>> path_of("bewaard/register.sqlite").name
    'register.sqlite'
    """
    if given is None:
        from ipgtools.settings.parts import REGISTER

        given = os.environ.get(REGISTER)
    return Path(given).absolute() if given else _default()


def _default() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("ipgtools", appauthor=False)).absolute() / NAME


def require_place(path: Path, *, make: bool) -> None:
    """Require that a register can be at a path."""
    if path.is_dir():
        msg = f"the register {path} is a folder, expected a file"
        raise RegisterError(msg, code="register_is_folder", path=str(path))
    folder = path.parent
    if make and not folder.exists() and path == _default():
        try:
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        except OSError as cause:
            msg = f"the folder {folder} of the register can't be made: {cause.strerror}"
            raise RegisterError(
                msg, code="register_unmade", folder=str(folder), reason=str(cause.strerror)
            ) from cause
    if not folder.is_dir():
        msg = f"the folder {folder} of the register does not exist"
        raise RegisterError(msg, code="register_folder", folder=str(folder))
    if (kind := network(path)) is not None:
        msg = f"the register {path} is on a network share ({kind})"
        raise RegisterError(msg, code="register_network", path=str(path), found=kind)


def network(path: Path, mounts: str | None = None) -> str | None:
    """
    Return the kind of network share a path is on.

    Examples
    --------
    >>> mounts = chr(10).join(["/dev/sda / ext4 rw 0 0", "//server/team /mnt/team cifs rw 0 0"])
    >>> network(Path("/mnt/team/register.sqlite"), mounts)
    'cifs'
    >>> network(Path("/home/register.sqlite"), mounts)
    """
    if sys.platform == "win32":
        return _windows_share(path)
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        path = path.parent.resolve()
    kind, longest = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        at = Path(fields[1].replace("\\040", " "))
        if path.is_relative_to(at) and len(at.parts) >= longest:
            kind, longest = fields[2], len(at.parts)
    return kind if kind in _NETWORK else None


def _windows_share(path: Path) -> str | None:
    """Ask Windows whether a path is on a drive of another computer."""
    import ctypes

    drive = path.drive
    if drive.startswith("\\\\"):
        return "UNC"
    library = getattr(ctypes, "windll").kernel32  # noqa: B009 - only Windows has it
    return "UNC" if library.GetDriveTypeW(drive + "\\") == _REMOTE_DRIVE else None
