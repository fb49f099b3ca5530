using GraphRisk.Intake.Resolution.Comparison;
using GraphRisk.Intake.Resolution.Decision;

namespace GraphRisk.Server.Security;

/// <summary>
/// Why two records were judged one, without a character of what they say. A reason of the rules begins with the name of a feature or a rule
/// (<c>same-name +12.30: 张三 | 張三</c>), and that name in words is all that is told; whatever a person wrote is not told.
/// </summary>
internal static class MaskedReasons
{
    private const string Otherwise = "Another reason, shown to those who may read it in clear.";

    private static readonly Dictionary<string, string> Words = FeatureTable.Person.Concat(FeatureTable.Company)
        .Select(feature => feature.Name).Concat(EvidenceJudge.Rules).Distinct(StringComparer.Ordinal)
        .ToDictionary(name => name, name => $"{char.ToUpperInvariant(name[0])}{name.Replace('-', ' ')[1..]}.", StringComparer.Ordinal);

    /// <summary>The reason in words.</summary>
    public static string Of(string reason) =>
        reason.Length == 0 ? reason : Words.GetValueOrDefault(reason.Split(' ', ':')[0], Words.ContainsValue(reason) ? reason : Otherwise);
}
