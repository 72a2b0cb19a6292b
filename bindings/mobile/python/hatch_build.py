"""Puts the compiled library into the wheel: the file that CHIPID_LIBRARY names, which `build` sets."""

import os
import sysconfig

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Library(BuildHookInterface):
    def initialize(self, version, build_data):
        library = os.environ.get("CHIPID_LIBRARY", "")
        if not os.path.isfile(library):
            raise RuntimeError("CHIPID_LIBRARY names no file: bindings/mobile/python/build sets it to the compiled library")
        build_data["pure_python"] = False
        # One wheel for every Python: the library is called through ctypes and knows nothing of an ABI.
        # A universal Python on macOS says "universal2", though the library is for one processor: never tried there.
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"
        build_data["force_include"][library] = f"chipid/_generated/{os.path.basename(library)}"
