from .chipid_mobile import *  # NOQA
