import os
from pathlib import Path

import pytest

from workstation.storage.errors import NetworkPathError
from workstation.storage.network_paths import check_local

_MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /srv/office nfs4 rw 0 0
//nas/law /srv/with\\040space cifs rw 0 0
tmpfs /srv/office/local tmpfs rw 0 0
"""
_posix = pytest.mark.skipif(os.name == "nt", reason="mount tables are not a Windows thing")


@_posix
@pytest.mark.parametrize("folder", ["/srv/office", "/srv/office/deep/er", "/srv/with space/x"])
def test_a_folder_on_a_network_mount_is_refused(folder: str) -> None:
    with pytest.raises(NetworkPathError, match="网络位置"):
        check_local(Path(folder), _MOUNTS)


@_posix
@pytest.mark.parametrize("folder", ["/home/clerk", "/srv/office2", "/srv/office/local/x", "/"])
def test_a_folder_on_a_local_disk_is_accepted(folder: str) -> None:
    check_local(Path(folder), _MOUNTS)


@_posix
def test_the_table_of_this_machine_is_read_when_none_is_given(tmp_path: Path) -> None:
    check_local(tmp_path)


@pytest.mark.parametrize("folder", ["\\\\nas\\law", "//nas/law"])
def test_a_unc_path_is_refused(folder: str) -> None:
    with pytest.raises(NetworkPathError, match="UNC"):
        check_local(Path(folder))
