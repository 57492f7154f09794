/* How large something is, as a person is told it: "84 KB" below a tenth of a megabyte, "2,5 MB" above. */
const { lang } = document.documentElement;
const whole = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 });

export const sizeOf = (bytes) => (bytes < 1e5 ? `${whole.format(Math.ceil(bytes / 1000))} KB` : `${tenths.format(bytes / 1e6)} MB`);
