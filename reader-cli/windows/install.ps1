# Installs chipid for whoever runs this, without an administrator: copies this folder to
# %LOCALAPPDATA%\Programs\chipid and puts that into the user's own path. -Uninstall takes both away again.
param([switch] $Uninstall)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2

$place = Join-Path $env:LOCALAPPDATA 'Programs\chipid'
$vietnamese = $PSUICulture -like 'vi*'

function Say([string] $vi, [string] $en) {
    if ($vietnamese) { Write-Host $vi } else { Write-Host $en }
}

# Through the registry: what reads %...% in the path stays as it is.
function Set-UserPath([scriptblock] $change) {
    $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $true)
    try {
        $before = [string] $key.GetValue('Path', '', 'DoNotExpandEnvironmentNames')
        $parts = @($before -split ';' | Where-Object { $_ -ne '' })
        $after = @(& $change $parts) -join ';'
        if ($after -ne $before) { $key.SetValue('Path', $after, 'ExpandString') }
    } finally {
        $key.Close()
    }
    # Setting any variable this way tells the programs that run: new windows have the new path.
    [Environment]::SetEnvironmentVariable('CHIPID_INSTALLED', $null, 'User')
}

if ($Uninstall) {
    Set-UserPath { param($parts) $parts | Where-Object { $_ -ne $place } }
    if (Test-Path -LiteralPath $place) {
        Get-ChildItem -LiteralPath $place -File | Remove-Item -Force
        # A console that stands in the folder keeps it, empty.
        Remove-Item -LiteralPath $place -Recurse -ErrorAction SilentlyContinue
    }
    $data = Join-Path $env:LOCALAPPDATA 'chipid'
    Say "Đã gỡ chipid. Mô hình khuôn mặt và thẻ ảo còn ở $data" "chipid is removed. Face models and virtual cards stay in $data"
    exit 0
}

if ([Environment]::OSVersion.Version.Major -lt 10 -or -not [Environment]::Is64BitOperatingSystem) {
    Say 'chipid cần Windows 10 trở lên, 64 bit.' 'chipid needs Windows 10 or newer, 64 bit.'
    exit 1
}

New-Item -ItemType Directory -Force -Path $place | Out-Null
if ($PSScriptRoot -ne $place) {
    Get-ChildItem -LiteralPath $PSScriptRoot -File | Copy-Item -Destination $place -Force
}
# What came from the network is marked so, and asked about each time.
Get-ChildItem -LiteralPath $place -File | Unblock-File
Set-UserPath { param($parts) @($parts | Where-Object { $_ -ne $place }) + $place }

Say "Đã cài vào $place" "Installed in $place"
& (Join-Path $place 'chipid.exe') --version
Say 'Mở cửa sổ dòng lệnh mới rồi chạy: chipid models fetch' 'Open a new console window, then: chipid models fetch'
