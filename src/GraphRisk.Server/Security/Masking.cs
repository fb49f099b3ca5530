using System.Collections;
using System.Globalization;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>
/// How each kind of value looks when it is masked. A mask keeps enough to recognise what one already knows and too
/// little to find what one does not; it never tells more for being applied twice. What can't be masked as text, such
/// as a date in a date field, is withheld (null). An empty text stays empty.
/// Of a list no characters are shown: several masked forms of one thing, an alias in Latin letters, a number in its older form,
/// could be put together to more than one mask shows.
/// </summary>
public static class Masking
{
    private const string Hidden = "***";
    private const int LongestDistrict = 8;

    /// <summary>What stands before 区 where it is no district: 小区, 社区, 园区, 校区, 厂区, 院区, 库区, 宅区.</summary>
    private const string NoDistricts = "小社园校厂院库宅";

    /// <summary>The masked value: a text, a list of texts, or null.</summary>
    public static object? Apply(MaskKind kind, object? value) => (kind, value) switch
    {
        (MaskKind.None, _) => value,
        (MaskKind.Text, _) => null,
        (_, string text) => Apply(kind, text),
        (MaskKind.Reasons, IEnumerable<string> reasons) => reasons.Select(MaskedReasons.Of).ToArray(),
        (_, IEnumerable<string?> texts) => texts.Select(text => text is null ? null : Hide(kind, text)).ToArray(),
        _ => null,
    };

    /// <summary>One masked value of a field, which may be one of several.</summary>
    public static string Apply(Field field, string text) => field.Kind == FieldKind.StringList ? Hide(field.Mask, text) : Apply(field.Mask, text);

    public static string Apply(MaskKind kind, string text) => text.Length == 0 ? text : kind switch
    {
        MaskKind.None => text,
        MaskKind.Name => Name(text),
        MaskKind.Identifier => Identifier(text),
        MaskKind.Phone => Middle(text, 3, 2),
        MaskKind.Address => Address(text),
        MaskKind.Account => Middle(text, 0, 4),
        MaskKind.Date => Date(text),
        MaskKind.Email => Email(text),
        MaskKind.Reasons => MaskedReasons.Of(text),
        _ => Hidden,
    };

    /// <summary>
    /// The province, city and district or county of an address, and nothing finer: 上海市浦东新区世纪大道1号 to 上海市浦东新区. A residential
    /// quarter (小区) or another enclosed area is no district. Without a city or province at its head the address is hidden whole.
    /// </summary>
    public static string District(string text)
    {
        var city = Head(text);
        if (city == 0) return Hidden;
        var rest = text.AsSpan(city, Math.Min(text.Length - city, LongestDistrict));
        var end = rest.IndexOfAny('区', '县', '旗');
        return end < 1 || NoDistricts.Contains(rest[end - 1]) ? text[..city] : text[..(city + end + 1)];
    }

    // A member of a list: what scheme an identifier is of stays.
    private static string Hide(MaskKind kind, string text) =>
        text.Length == 0 ? text : (kind == MaskKind.Identifier ? text[..(text.IndexOf(':', StringComparison.Ordinal) + 1)] : "") + Hidden;

    // 张三丰 to 张**; John Smith to J*** S***, so that the length of a Latin name does not show.
    private static string Name(string text)
    {
        if (text.Any(IsHan))
        {
            var characters = new StringInfo(text).LengthInTextElements;
            return StringInfo.GetNextTextElement(text) + new string('*', Math.Max(1, characters - 1));
        }
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(word => StringInfo.GetNextTextElement(word) + Hidden));
    }

    // USCC:91310000... keeps the scheme; of the value the first two and last two characters stay.
    private static string Identifier(string text)
    {
        var scheme = text.IndexOf(':', StringComparison.Ordinal) + 1;
        return text[..scheme] + Middle(text[scheme..], 2, 2);
    }

    // The province or city stays, the street does not.
    private static string Address(string text) => text[..Head(text)] + Hidden;

    // Length of the province and city at the head of an address.
    private static int Head(string text) => text.AsSpan(0, Math.Min(text.Length, 12)).LastIndexOfAny('市', '省', '州') + 1;

    private static string Date(string text) =>
        text.Length >= 4 && text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') is false ? text[..4] + "-**-**" : Hidden;

    private static string Email(string text)
    {
        var at = text.LastIndexOf('@');
        return at <= 0 ? Hidden : StringInfo.GetNextTextElement(text) + Hidden + text[at..];
    }

    // A value too short to hide its middle is hidden whole: at least as much is hidden as is shown.
    private static string Middle(string text, int first, int last) =>
        text.Length < 2 * (first + last)
            ? Hidden
            : string.Concat(text.AsSpan(0, first), new string('*', text.Length - first - last), text.AsSpan(text.Length - last));

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' || char.IsSurrogate(c);
}
