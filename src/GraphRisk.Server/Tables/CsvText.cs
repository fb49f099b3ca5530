namespace GraphRisk.Server.Tables;

/// <summary>Texts as cells of a CSV file (RFC 4180) that people open in a spreadsheet.</summary>
public static class CsvText
{
    /// <summary>
    /// The cell of a text. One that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises, and is
    /// quoted; numbers are not texts and are written as they are.
    /// </summary>
    public static string Of(string text)
    {
        var isRun = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠', ..];
        if (!isRun && text.AsSpan().IndexOfAny("\",\r\n") < 0) return text;
        return $"\"{(isRun ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
