/* Preloaded by scripts/old_processor.py: answers the CPUID of a processor without AVX.
 *
 * The script has replaced each CPUID of the program by 0F 04, which is as long and stands for nothing (UD2 would not do:
 * compilers put it where a program is to end). It raises SIGILL; the handler runs the real CPUID and takes away what an old
 * processor lacks. Intel SDM volume 2A, CPUID: leaf 1 ECX, leaf 7, leaf 80000001H ECX. */

#define _GNU_SOURCE
#include <cpuid.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

/* Leaf 80000001H, ECX: LZCNT, XOP, FMA4. */
static const unsigned missing_in_extended_leaf = 1u << 5 | 1u << 11 | 1u << 16;
/* Leaf 1, ECX: FMA, MOVBE, XSAVE, OSXSAVE, AVX, F16C. */
static const unsigned missing_in_leaf_1 = 1u << 12 | 1u << 22 | 1u << 26 | 1u << 27 | 1u << 28 | 1u << 29;

static void answer(int signal_number, siginfo_t *info, void *context) {
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const unsigned char *at = (const unsigned char *)registers[REG_RIP];
    (void)info;
    if (at[0] != 0x0F || at[1] != 0x04) {
        /* An instruction that this machine does not have either: end as the program would. */
        signal(signal_number, SIG_DFL);
        return;
    }
    unsigned leaf = (unsigned)registers[REG_RAX], subleaf = (unsigned)registers[REG_RCX];
    unsigned a = 0, b = 0, c = 0, d = 0;
    __cpuid_count(leaf, subleaf, a, b, c, d);
    if (leaf == 1) {
        c &= ~missing_in_leaf_1;
    } else if (leaf == 0x80000001u) {
        c &= ~missing_in_extended_leaf;
    } else if (leaf == 7 || leaf == 0xD) {
        /* AVX2, BMI, AVX-512 and what came with them; the sizes of their registers. */
        a = b = c = d = 0;
    }
    registers[REG_RAX] = a;
    registers[REG_RBX] = b;
    registers[REG_RCX] = c;
    registers[REG_RDX] = d;
    registers[REG_RIP] += 2;
}

__attribute__((constructor)) static void install(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = answer;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    if (sigaction(SIGILL, &action, NULL) != 0) {
        static const char trouble[] = "old_processor: no handler could be set\n";
        (void)!write(2, trouble, sizeof trouble - 1);
        _exit(125);
    }
}
