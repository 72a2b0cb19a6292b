@echo off
rem Starts install.ps1, which Windows does not start by itself. Uninstall: install.cmd -Uninstall
powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0install.ps1" %*
pause
