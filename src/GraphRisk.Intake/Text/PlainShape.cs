namespace GraphRisk.Intake.Text;

/// <summary>
/// Brings every character of a text into its plain shape: full-width digits, letters and signs to ASCII, brackets of five
/// shapes to （）, dashes to a hyphen. The length does not change, so a place found in the plain text is that of the original.
/// </summary>
internal static class PlainShape
{
    public static string Of(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++) span[i] = Of(source[i]);
    });

    private static char Of(char c) => c switch
    {
        '【' or '〔' or '[' or '［' or '(' or '（' => '（',
        '】' or '〕' or ']' or '］' or ')' or '）' => '）',
        '－' or '—' or '–' or '~' or '～' or '至' => '-',
        '，' => ',',
        '．' => '.',
        '○' => '〇',
        >= '０' and <= '９' => (char)(c - '０' + '0'),
        _ => c,
    };
}
