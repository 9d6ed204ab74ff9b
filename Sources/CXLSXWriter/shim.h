// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <xlsxwriter.h>

// glibc declares it under _GNU_SOURCE only.
int memfd_create(const char *_Nonnull name, unsigned int flags);
static const unsigned int rl_memfd_cloexec = 1;

// libxlsxwriter takes sizes and values as C doubles, and options as structures of borrowed strings.
// These functions take whole numbers and strings instead, so that no floating point and no lent
// structure exists on the Swift side.

// Writes units / 10^decimals as a number: the only place where an amount becomes a double.
// Both operands are exact below 2^53, and IEEE 754 division is correctly rounded, so the result is
// the double nearest to the decimal, what strtod gives for its text, in every locale. For at most
// 15 significant digits (|units| < 10^15) that double stands for no other decimal of 15 digits.
static inline lxw_error rl_write_number(
    lxw_worksheet *_Nonnull sheet, lxw_row_t row, lxw_col_t column, int64_t units, int decimals,
    lxw_format *_Nullable format) {
    double scale = 1;
    for (int place = 0; place < decimals; place++) scale *= 10;
    return worksheet_write_number(sheet, row, column, (double)units / scale, format);
}

// The library's temporary files (0600, unlinked at once) go to `folder`.
static inline lxw_workbook *_Nullable rl_workbook_new(
    const char *_Nonnull path, const char *_Nonnull folder) {
    lxw_workbook_options options = {
        .constant_memory = LXW_FALSE, .tmpdir = (char *)folder, .use_zip64 = LXW_FALSE};
    return workbook_new_opt(path, &options);
}

// A `created` of 0 would stand for the clock.
static inline lxw_error rl_set_properties(
    lxw_workbook *_Nonnull book, const char *_Nonnull title, const char *_Nonnull author,
    int64_t created) {
    lxw_doc_properties properties = {
        .title = (char *)title, .author = (char *)author,
        .created = created == 0 ? 1 : (time_t)created};
    return workbook_set_properties(book, &properties);
}

static inline void rl_set_font(
    lxw_format *_Nonnull format, const char *_Nonnull name, int points) {
    format_set_font_name(format, name);
    format_set_font_size(format, points);
}

static inline lxw_error rl_set_column(
    lxw_worksheet *_Nonnull sheet, lxw_col_t column, int characters, lxw_format *_Nullable format) {
    return worksheet_set_column(sheet, column, column, characters, format);
}

static inline lxw_error rl_set_row(
    lxw_worksheet *_Nonnull sheet, lxw_row_t row, int points) {
    return worksheet_set_row(sheet, row, points, NULL);
}

static inline void rl_set_margins(
    lxw_worksheet *_Nonnull sheet, int left, int right, int top, int bottom) {
    const double inch = 25.4;
    worksheet_set_margins(sheet, left / inch, right / inch, top / inch, bottom / inch);
}

// Sizes in pixels.
static inline lxw_error rl_write_note(
    lxw_worksheet *_Nonnull sheet, lxw_row_t row, lxw_col_t column, const char *_Nonnull text,
    uint16_t width, uint16_t height) {
    lxw_comment_options options = {.width = width, .height = height};
    return worksheet_write_comment_opt(sheet, row, column, text, &options);
}

// A drop-down list of the cells that the formula names; anything else is refused with the message.
static inline lxw_error rl_add_choices(
    lxw_worksheet *_Nonnull sheet, lxw_row_t first, lxw_row_t last, lxw_col_t column,
    const char *_Nonnull formula, const char *_Nonnull title, const char *_Nonnull message) {
    lxw_data_validation rule = {
        .validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
        .value_formula = (char *)formula,
        .error_title = (char *)title,
        .error_message = (char *)message};
    return worksheet_data_validation_range(sheet, first, column, last, column, &rule);
}
