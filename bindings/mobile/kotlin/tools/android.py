def check(*_):
    return 0
