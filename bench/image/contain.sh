#!/usr/bin/env bash
# contain.sh ROOT HOME USER COMMAND...: becomes COMMAND in ROOT, in namespaces that unshare has just made: a read-only root, HOME
# as the image's volume, a /tmp from which nothing runs, and a loopback as all there is of a network.
set -euo pipefail
root=$1 home=$2 user=$3
shift 3
ip link set lo up
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount --rbind --make-rslave /sys "$root/sys"
mount -t proc proc "$root/proc"
mount -t tmpfs -o noexec,nosuid,nodev,size=64m tmpfs "$root/tmp"
mount --bind "$home" "$root/var/lib/blastscope"
mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs chroot --userspec="$user" "$root" "$@"
