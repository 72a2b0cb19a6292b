/*
 * A driver of pcscd for readers that do not exist: it says of each what its line in the configuration says, as the
 * drivers of such readers are documented to say it (IFD handler 3.0; PC/SC part 10, 2.2 to 2.6).
 *
 *     DEVICENAME /dev/null:VENDOR:PRODUCT:ROLES:SIZE:ESCAPE
 *
 * VENDOR, PRODUCT  hexadecimal; 0 where the driver does not tell them
 * ROLES            a letter for each slot: c contact, a, f and p antenna, s security module. A card lies in all of them
 * SIZE             dwMaxAPDUDataSize; -1 where the driver does not tell it
 * ESCAPE           1 where it takes escape commands
 *
 * The card on an antenna `a` follows 424 kbit/s: at 848 it is gone with the next reset, until a lower rate is set. Each card
 * answers any command with the letter of its slot; that on an antenna `p` takes a second to be powered, and is away while
 * there is a file of the name in CHIPID_MADE_UP_CARD_AWAY; the reader answers the bit rate commands of two makers itself.
 */
#include <ifdhandler.h>
#include <reader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READERS 16
#define GET_FEATURE_REQUEST SCARD_CTL_CODE(3400)
#define GET_PROPERTIES SCARD_CTL_CODE(1001)
#define ESCAPE SCARD_CTL_CODE(3500)

static struct reader {
	unsigned vendor, product;
	char roles[8];
	long size;
	int escape;
	int too_fast; /* 848 kbit/s are set */
	int lost;
} readers[READERS];

static const UCHAR contact_atr[] = {0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0xB8, 0x65, 0xB0,
	0x85, 0x03, 0x00, 0xEF, 0x12, 0x00, 0xF6, 0x82, 0x90, 0x00};
static const UCHAR antenna_atr[] = {0x3B, 0x80, 0x80, 0x01, 0x01};

static struct reader *reader_of(DWORD lun) { return &readers[(lun >> 16) % READERS]; }

static char role_of(DWORD lun) { return reader_of(lun)->roles[(lun & 0xFFFF) % 8]; }

static RESPONSECODE atr(DWORD lun, PUCHAR out, PDWORD length)
{
	int antenna = strchr("afp", role_of(lun)) != NULL;
	const UCHAR *atr = antenna ? antenna_atr : contact_atr;
	DWORD size = antenna ? sizeof antenna_atr : sizeof contact_atr;
	memcpy(out, atr, size);
	*length = size;
	return IFD_SUCCESS;
}

RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR name)
{
	struct reader *r = reader_of(lun);
	if (lun & 0xFFFF)
		return IFD_SUCCESS;
	memset(r, 0, sizeof *r);
	int found = sscanf(name, "/dev/null:%x:%x:%7[a-z]:%ld:%d", &r->vendor, &r->product, r->roles, &r->size, &r->escape);
	return found == 5 ? IFD_SUCCESS : IFD_COMMUNICATION_ERROR;
}

RESPONSECODE IFDHCreateChannel(DWORD lun, DWORD channel)
{
	(void)lun, (void)channel;
	return IFD_COMMUNICATION_ERROR;
}

RESPONSECODE IFDHCloseChannel(DWORD lun)
{
	(void)lun;
	return IFD_SUCCESS;
}

RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD length, PUCHAR value)
{
	switch (tag) {
	case TAG_IFD_ATR:
	case SCARD_ATTR_ATR_STRING:
		return atr(lun, value, length);
	case TAG_IFD_SLOTS_NUMBER:
		*value = (UCHAR)strlen(reader_of(lun)->roles);
		break;
	case TAG_IFD_SIMULTANEOUS_ACCESS:
		*value = READERS;
		break;
	case TAG_IFD_THREAD_SAFE:
	case TAG_IFD_SLOT_THREAD_SAFE:
		*value = 0;
		break;
	default:
		return IFD_ERROR_TAG;
	}
	*length = 1;
	return IFD_SUCCESS;
}

RESPONSECODE IFDHSetCapabilities(DWORD lun, DWORD tag, DWORD length, PUCHAR value)
{
	(void)lun, (void)tag, (void)length, (void)value;
	return IFD_ERROR_TAG;
}

RESPONSECODE IFDHSetProtocolParameters(DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1, UCHAR pts2, UCHAR pts3)
{
	(void)lun, (void)protocol, (void)flags, (void)pts1, (void)pts2, (void)pts3;
	return IFD_SUCCESS;
}

static int is_there(DWORD lun)
{
	const char *away = getenv("CHIPID_MADE_UP_CARD_AWAY");
	if (role_of(lun) == 'p')
		return !away || access(away, F_OK) != 0;
	return role_of(lun) != 'a' || !reader_of(lun)->lost;
}

static void set(struct reader *r, int too_fast)
{
	r->too_fast = too_fast;
	if (!too_fast)
		r->lost = 0;
}

RESPONSECODE IFDHICCPresence(DWORD lun) { return is_there(lun) ? IFD_ICC_PRESENT : IFD_ICC_NOT_PRESENT; }

RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR out, PDWORD length)
{
	*length = 0;
	if (action == IFD_POWER_DOWN)
		return IFD_SUCCESS;
	if (role_of(lun) == 'p')
		sleep(1);
	if (role_of(lun) == 'a')
		reader_of(lun)->lost = reader_of(lun)->too_fast;
	return is_there(lun) ? atr(lun, out, length) : IFD_ERROR_POWER_ACTION;
}

static RESPONSECODE answer(const UCHAR *bytes, DWORD size, PUCHAR out, PDWORD length, DWORD room)
{
	if (size > room)
		return IFD_ERROR_INSUFFICIENT_BUFFER;
	memcpy(out, bytes, size);
	*length = size;
	return IFD_SUCCESS;
}

RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER send, PUCHAR command, DWORD size, PUCHAR out, PDWORD length,
	PSCARD_IO_HEADER receive)
{
	static const UCHAR vendor[] = {0xFF, 0x70, 0x07, 0x6B};
	DWORD room = *length;
	(void)send, (void)receive;
	*length = 0;
	if (!is_there(lun))
		return IFD_COMMUNICATION_ERROR;
	if (reader_of(lun)->vendor == 0x076B && size > 16 && !memcmp(command, vendor, sizeof vendor)) {
		/* The last byte but one allows rates: 4 in either half is 848 kbit/s. */
		set(reader_of(lun), (command[size - 2] & 0x44) != 0);
		return answer((const UCHAR *)"\x9D\x00\x90\x00", 4, out, length, room);
	}
	UCHAR own[] = {(UCHAR)role_of(lun), 0x90, 0x00};
	return answer(own, sizeof own, out, length, room);
}

static RESPONSECODE features(const struct reader *r, PUCHAR out, DWORD room, LPDWORD length)
{
	UCHAR list[12] = {0x12, 4, GET_PROPERTIES >> 24, (GET_PROPERTIES >> 16) & 0xFF, (GET_PROPERTIES >> 8) & 0xFF,
		GET_PROPERTIES & 0xFF, 0x13, 4, ESCAPE >> 24, (ESCAPE >> 16) & 0xFF, (ESCAPE >> 8) & 0xFF, ESCAPE & 0xFF};
	return answer(list, r->escape ? 12 : 6, out, length, room);
}

static RESPONSECODE properties(const struct reader *r, PUCHAR out, DWORD room, LPDWORD length)
{
	UCHAR list[14];
	DWORD size = 0;
	if (r->size >= 0) {
		UCHAR told[6] = {0x0A, 4, r->size & 0xFF, (r->size >> 8) & 0xFF, (r->size >> 16) & 0xFF, 0};
		memcpy(list, told, sizeof told);
		size += sizeof told;
	}
	if (r->vendor) {
		UCHAR told[8] = {0x0B, 2, r->vendor & 0xFF, r->vendor >> 8, 0x0C, 2, r->product & 0xFF, r->product >> 8};
		memcpy(list + size, told, sizeof told);
		size += sizeof told;
	}
	return answer(list, size, out, length, room);
}

RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR sent, DWORD size, PUCHAR out, DWORD room, LPDWORD length)
{
	struct reader *r = reader_of(lun);
	*length = 0;
	if (code == GET_FEATURE_REQUEST)
		return features(r, out, room, length);
	if (code == GET_PROPERTIES)
		return properties(r, out, room, length);
	if (code == ESCAPE && r->escape && size >= 5 && sent[0] == 0xE0 && sent[3] == 0x24) {
		if (size == 6 && sent[4] == 1)
			set(r, sent[5] == 3);
		UCHAR told[] = {0xE1, 0, 0, 0, 1, r->too_fast ? 3 : 2};
		return answer(told, sizeof told, out, length, room);
	}
	return IFD_ERROR_NOT_SUPPORTED;
}
