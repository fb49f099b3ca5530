using System.Collections.Frozen;

namespace GraphRisk.Matching.Values;

/// <summary>
/// Reads telephone numbers as the digits within their country: without country code, the nought before an area code, and extension. The code
/// is known by its plus or 00; without either by the column, where most numbers are of one length and this one has that length
/// once a code is taken away, or by a first group that is a code of a number too long to be without. A short number is local:
/// it equals the end of a longer one.
/// </summary>
internal sealed class PhoneReading
{
    private const int LeastNational = 7;

    private static readonly FrozenSet<string> Codes = (
        "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 "
        + "211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 246 248 249 250 251 252 253 254 "
        + "255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 "
        + "381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 "
        + "680 681 682 683 685 686 687 688 689 690 691 692 800 808 850 852 853 855 856 870 880 886 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 "
        + "992 993 994 995 996 998").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Extensions = ["ext", "转", "分机", "x", "#"];

    private readonly int usual;

    /// <param name="sample">Values of the column.</param>
    public PhoneReading(IEnumerable<string> sample) => usual = sample.Select(text => Digits(Main(text))).Where(digits => digits.Length >= LeastNational)
        .GroupBy(digits => digits.Length).OrderByDescending(lengths => lengths.Count()).ThenBy(lengths => lengths.Key).FirstOrDefault()?.Key ?? 0;

    /// <summary>The digits; null where there are too few, or all the same.</summary>
    public string? Read(string written)
    {
        var main = Main(written);
        var digits = Digits(main);
        if (digits.Length > 4 && main.TrimStart(" (（").StartsWith("+", StringComparison.Ordinal)) digits = WithoutCode(digits);
        else if (digits.StartsWith("00", StringComparison.Ordinal) && digits.Length > 10) digits = WithoutCode(digits[2..]);
        else if (digits.Length > usual && usual > 0) digits = Shortened(main, digits);
        digits = digits.TrimStart('0');
        return digits.Length < 4 || digits.AsSpan().IndexOfAnyExcept(digits[0]) < 0 ? null : digits;
    }

    private string Shortened(string main, string digits)
    {
        var first = Digits(main.TrimStart().Split([' ', '-', '(', ')', '.', '/'], 2)[0]);
        if (first.Length < digits.Length && Codes.Contains(first) && digits.Length - first.Length >= LeastNational) return digits[first.Length..];
        var code = digits[..(digits.Length - usual)];
        return Codes.Contains(code) ? digits[code.Length..] : digits;
    }

    private static string WithoutCode(string digits)
    {
        for (var length = 3; length >= 1; length--)
            if (digits.Length - length >= LeastNational - 2 && Codes.Contains(digits[..length])) return digits[length..];
        return digits;
    }

    /// <summary>The number before its extension.</summary>
    private static string Main(string text)
    {
        foreach (var mark in Extensions)
            if (text.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is var at and >= 6) text = text[..at];
        return text;
    }

    private static string Digits(string text) => string.Create(text.Count(IsDigit), text, static (to, from) =>
    {
        var length = 0;
        foreach (var letter in from)
            if (IsDigit(letter)) to[length++] = Identifiers.IdentifierText.Narrow(letter);
    });

    private static bool IsDigit(char letter) => char.IsAsciiDigit(Identifiers.IdentifierText.Narrow(letter));
}
