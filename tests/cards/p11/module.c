/* A PKCS#11 module of one slot, whose conduct is chosen when it is compiled:
 *   -DREADER="name"        the slot's description
 *   -DON_INITIALIZE=...    what C_Initialize does before it answers
 *   -DON_TOKEN=...         what C_GetTokenInfo does before it answers
 *   -DFLAGS=...            the token's flags
 *   -DCERTIFICATES="path"  a file of DER certificates, each behind its length in two bytes
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long ulong;
typedef struct { ulong type; void *value; ulong length; } Attribute;
typedef struct { char description[64], maker[32]; ulong flags; unsigned char versions[4]; } SlotInfo;
typedef struct {
    char label[32], maker[32], model[16], serial[16];
    ulong flags, max_sessions, sessions, max_rw, rw, max_pin, min_pin, memory[4];
    unsigned char versions[4];
    char time[16];
} TokenInfo;

#ifndef READER
#define READER "Virtual PCD 00 00"
#endif
#ifndef ON_INITIALIZE
#define ON_INITIALIZE
#endif
#ifndef ON_TOKEN
#define ON_TOKEN
#endif
#ifndef FLAGS
#define FLAGS 0x40D
#endif
#ifndef CERTIFICATES
#define CERTIFICATES "/dev/null"
#endif

enum { OK = 0, ARGUMENTS_BAD = 7, UNSUPPORTED = 0x54, NOT_RECOGNIZED = 0xE1, INITIALIZED = 0x191 };
enum { CKA_CLASS = 0, CKA_VALUE = 0x11, MOST = 8 };

static unsigned char values[MOST][8192];
static ulong lengths[MOST], count, next, initialized;

static void pad(char *field, size_t size, const char *text) {
    memset(field, ' ', size);
    memcpy(field, text, strlen(text) < size ? strlen(text) : size);
}

static ulong unsupported(void) { return UNSUPPORTED; }

static ulong initialize(void *arguments) {
    (void)arguments;
    if (initialized) return INITIALIZED;
    ON_INITIALIZE;
    initialized = 1;
    FILE *file = fopen(CERTIFICATES, "rb");
    unsigned char head[2];
    while (file && count < MOST && fread(head, 1, 2, file) == 2) {
        lengths[count] = fread(values[count], 1, (size_t)head[0] << 8 | head[1], file);
        count++;
    }
    if (file) fclose(file);
    return OK;
}

static ulong finalize(void *reserved) { (void)reserved; initialized = 0; return OK; }

static ulong slot_list(unsigned char present, ulong *slots, ulong *number) {
    (void)present;
    if (slots) slots[0] = 0;
    *number = 1;
    return OK;
}

static ulong slot_info(ulong slot, SlotInfo *info) {
    (void)slot;
    memset(info, 0, sizeof *info);
    pad(info->description, sizeof info->description, READER);
    pad(info->maker, sizeof info->maker, "TUBITAK UEKAE");
    info->flags = 7;
    return OK;
}

static ulong token_info(ulong slot, TokenInfo *info) {
    (void)slot;
    ON_TOKEN;
    memset(info, 0, sizeof *info);
    pad(info->label, sizeof info->label, "AKIS_0123456789");
    pad(info->maker, sizeof info->maker, "TUBITAK UEKAE");
    pad(info->model, sizeof info->model, "AKIS");
    pad(info->serial, sizeof info->serial, "0123456789");
    info->flags = FLAGS;
    info->min_pin = 4;
    info->max_pin = 16;
    return OK;
}

static ulong open_session(ulong slot, ulong flags, void *application, void *notify, ulong *session) {
    (void)slot; (void)flags; (void)application; (void)notify;
    *session = 1;
    return OK;
}

static ulong close_session(ulong session) { (void)session; return OK; }
static ulong find_init(ulong session, void *wanted, ulong number) {
    (void)session; (void)wanted; (void)number;
    next = 0;
    return OK;
}

static ulong find(ulong session, ulong *objects, ulong most, ulong *number) {
    (void)session;
    for (*number = 0; *number < most && next < count; next++) objects[(*number)++] = next + 1;
    return OK;
}

static ulong find_final(ulong session) { (void)session; return OK; }

static ulong attributes(ulong session, ulong object, Attribute *wanted, ulong number) {
    (void)session;
    for (ulong i = 0; i < number; i++) {
        if (wanted[i].type != CKA_VALUE) { wanted[i].length = (ulong)-1; continue; }
        if (wanted[i].value) memcpy(wanted[i].value, values[object - 1], lengths[object - 1]);
        wanted[i].length = lengths[object - 1];
    }
    return OK;
}

static struct { unsigned char version[2]; void *functions[68]; } list = {{2, 40}, {0}};

__attribute__((visibility("default"))) ulong C_Initialize(void *arguments) {
    return initialize(arguments);
}

__attribute__((visibility("default"))) ulong C_GetFunctionList(void **functions) {
    for (int i = 0; i < 68; i++) list.functions[i] = (void *)unsupported;
    list.functions[0] = (void *)initialize;
    list.functions[1] = (void *)finalize;
    list.functions[4] = (void *)slot_list;
    list.functions[5] = (void *)slot_info;
    list.functions[6] = (void *)token_info;
    list.functions[12] = (void *)open_session;
    list.functions[13] = (void *)close_session;
    list.functions[14] = (void *)close_session;
    list.functions[24] = (void *)attributes;
    list.functions[26] = (void *)find_init;
    list.functions[27] = (void *)find;
    list.functions[28] = (void *)find_final;
    *functions = &list;
    return OK;
}
