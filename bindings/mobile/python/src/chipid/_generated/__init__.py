"""Made by bindings/mobile/bindgen; nothing here is meant to be used as it is."""
