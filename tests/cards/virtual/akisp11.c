/* A small PKCS#11 module for the AKİS-like virtual card of akis.py: it plays libakisp11 in tests.
 *
 * It speaks to the card through PC/SC, so that everything between esignctl and the card is real:
 * slots are readers, the token's flags come from the card's own hint, certificates are read
 * without a login and stand under labels that hold a personal number. Compiled with -DCRASH,
 * -DHANG, -DHANG_IN_TOKEN or -DNOT_RECOGNISED it misbehaves as modules in the field do. Like some
 * of them it takes no arguments for C_Initialize. The names and numbers are those of PKCS#11 2.20.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <winscard.h>

typedef unsigned char Byte;
typedef unsigned long Number;

enum {
    RV_OK = 0x00, RV_SLOT_ID = 0x03, RV_GENERAL = 0x05, RV_ARGUMENTS = 0x07,
    RV_ATTRIBUTE = 0x12, RV_DEVICE_ERROR = 0x30, RV_DEVICE_REMOVED = 0x32, RV_UNSUPPORTED = 0x54,
    RV_MECHANISM = 0x70, RV_NO_OPERATION = 0x91,
    RV_PIN_INCORRECT = 0xA0, RV_PIN_LENGTH = 0xA2, RV_PIN_LOCKED = 0xA4, RV_SESSION = 0xB3,
    RV_NO_TOKEN = 0xE0, RV_NOT_RECOGNISED = 0xE1, RV_NOT_LOGGED_IN = 0x101,
    RV_PIN_NOT_SET = 0x102, RV_BUFFER = 0x150, RV_NOT_INITIALIZED = 0x190, RV_TWICE = 0x191
};

typedef struct { Byte major, minor; } Version;
typedef struct {
    Version cryptoki; Byte manufacturer[32]; Number flags; Byte library[32]; Version version;
} Info;
typedef struct {
    Byte description[64], manufacturer[32]; Number flags; Version hardware, firmware;
} SlotInfo;
typedef struct {
    Byte label[32], manufacturer[32], model[16], serial[16];
    Number flags, max_sessions, sessions, max_rw, rw, max_pin, min_pin;
    Number total_public, free_public, total_private, free_private;
    Version hardware, firmware;
    Byte time[16];
} TokenInfo;
typedef struct { Number slot, state, flags, device_error; } SessionInfo;
typedef struct { Number type; void *value; Number size; } Attribute;
typedef struct { Number mechanism; void *parameter; Number size; } Mechanism;

/* handles above KEYS are private keys, each of the certificate with the number that is left */
enum { READERS = 4, OBJECTS = 8, KEYS = 100, RSA = 0x1, ECDSA = 0x1041, SIGNATURE = 256 };
typedef struct { char label[64]; Byte der[4096]; Number size; } Object;

static SCARDCONTEXT context;
static int initialized;
static char readers[READERS][MAX_READERNAME];
static Number reader_count;
static struct {
    int open, logged_in;
    Number slot, flags, count, at, last, signing;
    SCARDHANDLE card;
    Object objects[OBJECTS];
} session;

static Number translate(LONG code) {
    switch ((unsigned int)code) {
    case 0: return RV_OK;
    case 0x8010000Cu: case 0x80100067u: return RV_NO_TOKEN;
    case 0x80100069u: return RV_DEVICE_REMOVED;
    case 0x80100066u: return RV_NOT_RECOGNISED;
    default: return RV_DEVICE_ERROR;
    }
}

static void fill(Byte *field, size_t size, const char *text) {
    memset(field, ' ', size);
    memcpy(field, text, strlen(text) < size ? strlen(text) : size);
}

/* The data without the status word goes to out; the status word is returned, 0 on failure. */
static unsigned int ask(SCARDHANDLE card, const Byte *command, size_t length, Byte *out, DWORD *got) {
    Byte buffer[512];
    DWORD size = sizeof buffer;
    if (SCardTransmit(card, SCARD_PCI_T1, command, length, NULL, buffer, &size) || size < 2)
        return 0;
    if (out != NULL) memcpy(out, buffer, size - 2);
    if (got != NULL) *got = size - 2;
    return buffer[size - 2] << 8 | buffer[size - 1];
}

static Number enter(Number slot, SCARDHANDLE *card) {
    DWORD protocol, state, size = MAX_ATR_SIZE, name = MAX_READERNAME;
    char reader[MAX_READERNAME];
    Byte atr[MAX_ATR_SIZE];
    if (!initialized) return RV_NOT_INITIALIZED;
    if (slot >= reader_count) return RV_SLOT_ID;
    LONG code = SCardConnect(context, readers[slot], SCARD_SHARE_SHARED, SCARD_PROTOCOL_T1, card, &protocol);
    if (code) return translate(code);
    code = SCardStatus(*card, reader, &name, &state, &protocol, atr, &size);
    int known = 0;
    for (DWORD at = 0; !code && at + 3 <= size; at++)
        known |= !memcmp(atr + at, "UEK", 3) || !memcmp(atr + at, "eTC", 3);
#ifdef NOT_RECOGNISED
    known = 0;
#endif
    if (code || !known) {
        SCardDisconnect(*card, SCARD_LEAVE_CARD);
        return code ? translate(code) : RV_NOT_RECOGNISED;
    }
    return RV_OK;
}

static unsigned int select_file(SCARDHANDLE card, unsigned int file, Byte *out, DWORD *got) {
    Byte command[] = {0x00, 0xA4, 0x00, 0x00, 0x02, file >> 8, file & 0xFF};
    return ask(card, command, sizeof command, out, got);
}

static Number read_file(SCARDHANDLE card, unsigned int file, Byte *out, Number size) {
    if (select_file(card, file, NULL, NULL) != 0x9000) return 0;
    Number at = 0;
    while (at < size) {
        DWORD got = 0;
        Byte piece[512];
        Number wanted = size - at < 240 ? size - at : 240;
        Byte command[] = {0x00, 0xB0, at >> 8, at & 0xFF, wanted};
        if (ask(card, command, sizeof command, piece, &got) != 0x9000 || got == 0) break;
        memcpy(out + at, piece, got);
        at += got;
    }
    return at;
}

static Number C_Initialize(void *arguments) {
    if (initialized) return RV_TWICE;
    if (arguments != NULL) return RV_ARGUMENTS;
    if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context)) return RV_GENERAL;
    initialized = 1;
    return RV_OK;
}

static Number C_CloseAllSessions(Number slot) {
    (void)slot;
    if (session.open) SCardDisconnect(session.card, session.logged_in ? SCARD_RESET_CARD : SCARD_LEAVE_CARD);
    memset(&session, 0, sizeof session);
    return RV_OK;
}

static Number C_CloseSession(Number handle) { return C_CloseAllSessions(handle); }

static Number C_Finalize(void *reserved) {
    (void)reserved;
    if (!initialized) return RV_NOT_INITIALIZED;
    C_CloseAllSessions(0);
    SCardReleaseContext(context);
    initialized = 0;
    return RV_OK;
}

static Number C_GetInfo(Info *info) {
    memset(info, 0, sizeof *info);
    info->cryptoki = (Version){2, 20};
    fill(info->manufacturer, 32, "TUBITAK UEKAE");
    fill(info->library, 32, "AKIS-like test module");
    info->version = (Version){1, 0};
    return RV_OK;
}

static Number present(Number slot) {
    SCARD_READERSTATE state = {.szReader = readers[slot], .dwCurrentState = SCARD_STATE_UNAWARE};
    return !SCardGetStatusChange(context, 0, &state, 1) && state.dwEventState & SCARD_STATE_PRESENT;
}

static Number C_GetSlotList(Byte with_token, Number *slots, Number *count) {
    char names[READERS * MAX_READERNAME];
    DWORD size = sizeof names;
    Number found = 0;
    if (!initialized) return RV_NOT_INITIALIZED;
    reader_count = 0;
    if (!SCardListReaders(context, NULL, names, &size))
        for (char *name = names; *name && reader_count < READERS; name += strlen(name) + 1)
            snprintf(readers[reader_count++], MAX_READERNAME, "%s", name);
    for (Number slot = 0; slot < reader_count; slot++)
        if (!with_token || present(slot)) {
            if (slots != NULL && found < *count) slots[found] = slot;
            found++;
        }
    Number room = *count;
    *count = found;
    return slots != NULL && room < found ? RV_BUFFER : RV_OK;
}

static Number C_GetSlotInfo(Number slot, SlotInfo *info) {
    if (slot >= reader_count) return RV_SLOT_ID;
    memset(info, 0, sizeof *info);
    fill(info->description, 64, readers[slot]);
    fill(info->manufacturer, 32, "");
    info->flags = 0x6 | (present(slot) ? 0x1 : 0);
    return RV_OK;
}

static Number pin_flags(SCARDHANDLE card) {
    Byte fci[512];
    DWORD size = 0;
    if (select_file(card, 0x3F00, fci, &size) != 0x9000) return 0;
    for (DWORD at = 2; at + 2 < size; at += 2 + fci[at + 1])
        if (fci[at] == 0x90) {
            Byte bits = fci[at + 2];
            Number flags = bits & 0x04 ? 0x8 : 0;
            if ((bits & 0xC0) == 0xC0) return flags | 0x40000;
            return flags | (bits & 0x40 ? 0x10000 : 0) | (bits & 0x80 ? 0x30000 : 0);
        }
    return 0;
}

static Number C_GetTokenInfo(Number slot, TokenInfo *info) {
    static const Byte serial[] = {0x00, 0xCA, 0x01, 0x06, 0x4D};
    SCARDHANDLE card;
    Byte data[512];
    char text[33];
    DWORD size = 0;
#ifdef HANG_IN_TOKEN
    for (;;) sleep(1000);
#endif
    Number rv = enter(slot, &card);
    if (rv) return rv;
    memset(info, 0, sizeof *info);
    info->flags = 0x405 | pin_flags(card);
    unsigned int status = ask(card, serial, sizeof serial, data, &size);
    SCardDisconnect(card, SCARD_LEAVE_CARD);
    if (status != 0x9000 || size < 67) return RV_DEVICE_ERROR;
    snprintf(text, sizeof text, "%.12s", data + 55);
    fill(info->serial, 16, text);
    snprintf(text, sizeof text, "AKIS_%.12s", data + 55);
    fill(info->label, 32, text);
    fill(info->manufacturer, 32, "TUBITAK UEKAE");
    fill(info->model, 16, "AKIS");
    info->min_pin = 4;
    info->max_pin = 16;
    info->max_sessions = info->max_rw = 1;
    info->total_public = info->free_public = info->total_private = info->free_private = ~0UL;
    return RV_OK;
}

static Number C_GetMechanismList(Number slot, Number *list, Number *count) {
    if (slot >= reader_count) return RV_SLOT_ID;
    if (list != NULL && *count < 2) return RV_BUFFER;
    if (list != NULL) list[0] = RSA, list[1] = ECDSA;
    *count = 2;
    return RV_OK;
}

static Number C_OpenSession(Number slot, Number flags, void *data, void *notify, Number *handle) {
    (void)data; (void)notify;
    if (session.open) return RV_SESSION;
    Number rv = enter(slot, &session.card);
    if (rv) return rv;
    session.open = 1;
    session.slot = slot;
    session.flags = flags;
    *handle = 1;
    return RV_OK;
}

static Number C_GetSessionInfo(Number handle, SessionInfo *info) {
    (void)handle;
    if (!session.open) return RV_SESSION;
    Number writable = session.flags & 0x2;
    *info = (SessionInfo){session.slot, (writable ? 2 : 0) + session.logged_in, session.flags, 0};
    return RV_OK;
}

static Number verdict(unsigned int status) {
    if (status == 0x9000) return RV_OK;
    if (status == 0x63C0 || status == 0x6983 || status == 0x6984) return RV_PIN_LOCKED;
    if ((status & 0xFFF0) == 0x63C0) return RV_PIN_INCORRECT;
    return status == 0x641A ? RV_PIN_NOT_SET : RV_DEVICE_ERROR;
}

static Number C_Login(Number handle, Number user, const Byte *pin, Number length) {
    Byte command[5 + 16] = {0x00, 0x20, 0x00, 0x01, length};
    (void)handle; (void)user;
    if (!session.open) return RV_SESSION;
    if (length < 4 || length > 16) return RV_PIN_LENGTH;
    memcpy(command + 5, pin, length);
    Number rv = verdict(ask(session.card, command, 5 + length, NULL, NULL));
    memset(command, 0, sizeof command);
    session.logged_in = rv == RV_OK;
    return rv;
}

static Number C_Logout(Number handle) {
    (void)handle;
    if (!session.logged_in) return RV_NOT_LOGGED_IN;
    session.logged_in = 0;
    return RV_OK;
}

static Number C_SetPIN(Number handle, const Byte *old, Number old_length, const Byte *new, Number new_length) {
    Byte command[5 + 32] = {0x00, 0x24, 0x00, 0x01, 32};
    (void)handle;
    if (!session.open) return RV_SESSION;
    if (old_length > 16 || new_length < 4 || new_length > 16) return RV_PIN_LENGTH;
    memcpy(command + 5, old, old_length);
    memcpy(command + 21, new, new_length);
    Number rv = verdict(ask(session.card, command, sizeof command, NULL, NULL));
    memset(command, 0, sizeof command);
    return rv;
}

/* Certificates, and to those who have logged in their keys; nothing of any other class. */
static Number C_FindObjectsInit(Number handle, const Attribute *wanted, Number count) {
    Byte list[512];
    (void)handle;
    if (!session.open) return RV_SESSION;
    Number class = 0x1, id = 0;
    session.at = session.last = session.count = 0;
    for (Number at = 0; at < count; at++) {
        if (wanted[at].type == 0x0) class = *(Number *)wanted[at].value;
        if (wanted[at].type == 0x102 && wanted[at].size == 1) id = *(Byte *)wanted[at].value;
    }
    if (class != 0x1 && !(class == 0x3 && session.logged_in)) return RV_OK;
    Number size = read_file(session.card, 0x4300, list, sizeof list);
    for (Number at = 0; at < size && session.count < OBJECTS; session.count++) {
        Object *object = &session.objects[session.count];
        Number length = list[at];
        if (at + length + 5 > size || length >= sizeof object->label) return RV_DEVICE_ERROR;
        memcpy(object->label, list + at + 1, length);
        object->label[length] = 0;
        at += 1 + length;
        unsigned int file = list[at] << 8 | list[at + 1];
        object->size = list[at + 2] << 8 | list[at + 3];
        at += 4;
        if (object->size > sizeof object->der) return RV_DEVICE_ERROR;
        if (read_file(session.card, file, object->der, object->size) != object->size)
            return RV_DEVICE_REMOVED;
    }
    Number first = class == 0x3 ? KEYS : 0;
    session.at = first + (id ? id - 1 : 0);
    session.last = first + (id && id < session.count ? id : session.count);
    return RV_OK;
}

static Number C_FindObjects(Number handle, Number *objects, Number most, Number *count) {
    (void)handle;
    for (*count = 0; *count < most && session.at < session.last; (*count)++)
        objects[*count] = ++session.at;
    return RV_OK;
}

static Number C_FindObjectsFinal(Number handle) { (void)handle; return RV_OK; }

static Number C_GetAttributeValue(Number handle, Number number, Attribute *wanted, Number count) {
    static const Number certificate = 0x1, key = 0x3, x509 = 0x0;
    static const Byte yes = 1, no = 0;
    Number rv = RV_OK, is_key = number > KEYS;
    Byte id;
    (void)handle;
    if (is_key) number -= KEYS;
    if (number < 1 || number > session.count) return 0x82;
    id = number;
    Object *object = &session.objects[number - 1];
    for (Number at = 0; at < count; at++) {
        const void *value = NULL;
        Number size = 0;
        switch (wanted[at].type) {
        case 0x00: value = is_key ? &key : &certificate; size = sizeof key; break;
        case 0x01: value = &yes; size = 1; break;
        case 0x02: value = &no; size = 1; break;
        case 0x03: value = object->label; size = strlen(object->label); break;
        case 0x11: if (!is_key) value = object->der, size = object->size; break;
        case 0x80: value = &x509; size = sizeof x509; break;
        case 0x102: value = &id; size = 1; break;
        }
        if (value == NULL) {
            wanted[at].size = (Number)-1;
            rv = RV_ATTRIBUTE;
        } else if (wanted[at].value == NULL) {
            wanted[at].size = size;
        } else if (wanted[at].size < size) {
            wanted[at].size = (Number)-1;
            rv = RV_BUFFER;
        } else {
            memcpy(wanted[at].value, value, size);
            wanted[at].size = size;
        }
    }
    return rv;
}

static Number C_SignInit(Number handle, const Mechanism *mechanism, Number key) {
    (void)handle;
    if (!session.logged_in) return RV_NOT_LOGGED_IN;
    if (mechanism->mechanism != RSA && mechanism->mechanism != ECDSA) return RV_MECHANISM;
    session.signing = key > KEYS ? key - KEYS : 0;
    return session.signing ? RV_OK : 0x82;
}

static Number C_Sign(Number handle, const Byte *data, Number length, Byte *out, Number *size) {
    Byte select[] = {0x00, 0x22, 0x41, 0xB6, 0x03, 0x84, 0x01, session.signing - 1};
    Byte command[5 + 255 + 1] = {0x00, 0x2A, 0x9E, 0x9A, length}, signature[512];
    DWORD got = 0;
    (void)handle;
    if (!session.signing) return RV_NO_OPERATION;
    if (out == NULL || *size < SIGNATURE) {
        *size = SIGNATURE;
        return out == NULL ? RV_OK : RV_BUFFER;
    }
    session.signing = 0;
    if (length > 244) return 0x21;
    memcpy(command + 5, data, length);
    if (ask(session.card, select, sizeof select, NULL, NULL) != 0x9000) return RV_DEVICE_ERROR;
    if (ask(session.card, command, 5 + length + 1, signature, &got) != 0x9000) return RV_DEVICE_REMOVED;
    memcpy(out, signature, got);
    *size = got;
    return RV_OK;
}

static Number unsupported(void) { return RV_UNSUPPORTED; }

typedef Number (*Function)();
enum { FUNCTIONS = 68 };
static struct { Version version; Function functions[FUNCTIONS]; } list;

Number C_GetFunctionList(void **out) {
#ifdef CRASH
    abort();
#endif
#ifdef HANG
    for (;;) sleep(1000);
#endif
    for (int at = 0; at < FUNCTIONS; at++) list.functions[at] = (Function)unsupported;
    list.version = (Version){2, 20};
    list.functions[0] = (Function)C_Initialize;
    list.functions[1] = (Function)C_Finalize;
    list.functions[2] = (Function)C_GetInfo;
    list.functions[3] = (Function)C_GetFunctionList;
    list.functions[4] = (Function)C_GetSlotList;
    list.functions[5] = (Function)C_GetSlotInfo;
    list.functions[6] = (Function)C_GetTokenInfo;
    list.functions[7] = (Function)C_GetMechanismList;
    list.functions[11] = (Function)C_SetPIN;
    list.functions[12] = (Function)C_OpenSession;
    list.functions[13] = (Function)C_CloseSession;
    list.functions[14] = (Function)C_CloseAllSessions;
    list.functions[15] = (Function)C_GetSessionInfo;
    list.functions[18] = (Function)C_Login;
    list.functions[19] = (Function)C_Logout;
    list.functions[24] = (Function)C_GetAttributeValue;
    list.functions[26] = (Function)C_FindObjectsInit;
    list.functions[27] = (Function)C_FindObjects;
    list.functions[28] = (Function)C_FindObjectsFinal;
    list.functions[42] = (Function)C_SignInit;
    list.functions[43] = (Function)C_Sign;
    *out = &list;
    return RV_OK;
}
