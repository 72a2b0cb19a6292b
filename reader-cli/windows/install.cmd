@echo off
rem Starts install.ps1, which Windows does not start by itself. Uninstall: install.cmd -Uninstall
rem Where a policy of the organisation forbids scripts, copy the folder by hand and add it to the path.
powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0install.ps1" %*
set CHIPID_RESULT=%ERRORLEVEL%
rem Started by a double click, the window would close before anybody has read it.
echo %CMDCMDLINE% | find /i "/c" >nul && if not defined CHIPID_UNATTENDED pause
exit /b %CHIPID_RESULT%
