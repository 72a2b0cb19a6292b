// The Wine of Debian 12 (8.0) has no bcryptprimitives.dll, which Rust's standard library asks for random numbers and every Windows
// from 8 on has. This one stands in for it in tests under Wine. It is never packed.
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    return length <= 0xFFFFFFFF && RtlGenRandom(data, (ULONG)length);
}
