using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using GraphRisk.Workflow.Warnings.Figures;

namespace GraphRisk.Workflow.Warnings.Rules;

/// <summary>
/// Reads rules of early warning: one JSON file of rows, strictly. A member nobody reads, a figure nobody knows, a condition that lacks its limit or its days is a fault, told
/// with the name of the row.
/// </summary>
public static partial class WarningRuleBook
{
    private const int MostDays = 60;

    private static readonly JsonSerializerOptions Reading = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false) },
    };

    /// <summary>The shipped rules.</summary>
    public static WarningRules Shipped { get; } = Read("early-warnings.json", Embedded());

    /// <summary>Reads rules.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InvalidDataException">The text holds no rules; the message says why.</exception>
    public static WarningRules Read(string file, string text)
    {
        RuleFile read;
        try
        {
            read = JsonSerializer.Deserialize<RuleFile>(text, Reading) ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file}: {FaultOf(error)}{(error.LineNumber is { } line ? $" (line {line + 1}{(error.Path is { Length: > 0 } path and not "$" ? $", {path}" : "")})" : "")}."), error);
        }

        foreach (var fault in FaultsOf(read.Rows)) throw new InvalidDataException($"{file}: {fault}.");
        return new WarningRules(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12], read.Rows);
    }

    /// <summary>What is wrong with a text, in the words of who writes one.</summary>
    private static string FaultOf(JsonException error)
    {
        var named = Quoted().Matches(error.Message).Select(match => match.Groups[1].Value).ToList();
        if (error.Message.Contains("could not be mapped", StringComparison.Ordinal)) return $"'{named.FirstOrDefault()}' is nothing that a rule or a file of rules says";
        if (error.Message.Contains("missing required", StringComparison.Ordinal)) return $"{string.Join(", ", named.Skip(1).Select(name => $"'{name}'"))} is lacking";
        return error.InnerException is null && error.Message.Contains("could not be converted", StringComparison.Ordinal) ? "a value is of another kind than is asked for there" : "it is no JSON, or lacks something that is needed";
    }

    private static IEnumerable<string> FaultsOf(ImmutableArray<WarningRule> rows)
    {
        if (rows.IsDefaultOrEmpty) yield return "it has no rows";
        if (!rows.IsDefault && rows.Any(rule => rule is null)) yield return "one of its rows is null";
        if (rows.GroupBy(rule => rule.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }) yield return $"'{twice}' is there twice";
        foreach (var rule in rows)
        {
            if (!RuleName().IsMatch(rule.Name)) yield return $"'{rule.Name}' is no name: lower case letters and hyphens";
            if (!WarningFigures.Knows(rule.Figure)) yield return $"'{rule.Name}' looks at '{rule.Figure}', which is no figure: {string.Join(", ", WarningFigures.Table.Select(figure => figure.Name))}, or a feature of the score";
            if (rule.Kind == WarningConditionKind.New == (rule.Operator is not null || rule.Limit is not null) || rule.Operator is null != rule.Limit is null) yield return $"'{rule.Name}' needs an operator and a limit, or has them where its kind asks for none";
            if (rule.Kind == WarningConditionKind.Level == rule.Days is not null) yield return $"'{rule.Name}' needs days, or has them where its kind asks for none";
            if (rule.Days is < 1 or > MostDays) yield return $"'{rule.Name}' looks back {rule.Days} days; 1 to {MostDays} can be told";
            if (rule.CoolDownDays < 1 || rule.TakeWithinDays < 1) yield return $"'{rule.Name}' has a cool-down or a time to take it below 1 day";
            if (rule.Team.Length == 0 || rule.EscalatesTo.Length == 0) yield return $"'{rule.Name}' names no team";
        }
    }

    private static string Embedded()
    {
        using var reader = new StreamReader(typeof(WarningRuleBook).Assembly.GetManifestResourceStream("warnings/early-warnings.json")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$")]
    private static partial Regex RuleName();

    /// <param name="Version">What its author calls it; the version that is filed is a hash of the text.</param>
    /// <param name="Rows">The rules.</param>
    private sealed record RuleFile(string Version, ImmutableArray<WarningRule> Rows);
}
