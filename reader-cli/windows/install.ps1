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

# What the zip brought, and nothing else that lies there: somebody may have kept files of persons in this folder.
$brought = @('chipid.exe', 'install.ps1', 'README.txt', 'README.vi.txt', 'LICENSE-MIT.txt', 'LICENSE-APACHE.txt', 'THIRD-PARTY.txt', 'install.cmd')

if ($Uninstall) {
    # Files first: where the program runs, it stays, and so does the path.
    foreach ($name in $brought) {
        $file = Join-Path $place $name
        if (Test-Path -LiteralPath $file -PathType Leaf) { Remove-Item -LiteralPath $file -Force }
    }
    Set-UserPath { param($parts) $parts | Where-Object { $_ -ne $place } }
    if ((Test-Path -LiteralPath $place) -and -not (Get-ChildItem -LiteralPath $place -Force)) {
        # A console that stands in the folder keeps it, empty.
        Remove-Item -LiteralPath $place -ErrorAction SilentlyContinue
    } elseif (Test-Path -LiteralPath $place) {
        Say "Trong $place còn tệp không phải của chipid; chúng được giữ nguyên." "Other files are left in $place, as they are."
    }
    $data = Join-Path $env:LOCALAPPDATA 'chipid'
    Say "Đã gỡ chipid. Mô hình khuôn mặt và thẻ ảo còn ở $data" "chipid is removed. Face models and virtual cards stay in $data"
    exit 0
}

$system = [Environment]::OSVersion.Version
# Before 1903 names of readers that are not plain ASCII come out wrong.
if ($system.Major -lt 10 -or $system.Build -lt 18362 -or -not [Environment]::Is64BitOperatingSystem) {
    Say 'chipid cần Windows 10 bản 1903 trở lên, 64 bit.' 'chipid needs Windows 10 version 1903 or newer, 64 bit.'
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
