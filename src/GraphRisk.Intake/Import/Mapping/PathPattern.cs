using System.Text.RegularExpressions;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>
/// A pattern that the end of a file's path matches, such as <c>brokers/*/clients.csv</c>: <c>*</c> stands for any
/// characters but a slash. What the stars stood for is the mapping's <c>{1}</c>, <c>{2}</c> and so on.
/// </summary>
public sealed class PathPattern
{
    private readonly Regex expression;

    public PathPattern(string text)
    {
        Text = text;
        var escaped = Regex.Escape(text.Replace('\\', '/')).Replace("\\*", "([^/]*)", StringComparison.Ordinal);
        expression = new Regex($"(?:^|/){escaped}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>What the stars stand for in a path; null where it does not match. A workbook matches as the CSV file of its name would.</summary>
    public string[]? Match(string path)
    {
        path = path.Replace('\\', '/');
        var match = expression.Match(path);
        if (!match.Success && path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)) match = expression.Match($"{path[..^5]}.csv");
        return match.Success ? [.. match.Groups.Values.Skip(1).Select(group => group.Value)] : null;
    }
}
