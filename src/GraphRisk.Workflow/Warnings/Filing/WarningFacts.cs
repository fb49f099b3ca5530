using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings.Filing;

/// <summary>Warnings and signs as facts.</summary>
internal static class WarningFacts
{
    private const string SignType = "WarningSign";
    private const int Digits = 6;

    /// <summary>What a warning says when it is filed.</summary>
    /// <param name="of">Whom it is of.</param>
    /// <param name="broker">Whose desk.</param>
    /// <param name="day">Day of the data.</param>
    /// <param name="dueOn">Last day to take it.</param>
    public static CaseOpening Opening(ClientWarning of, NodeId broker, DateOnly day, DateOnly dueOn) => new(
        new CaseParties(of.Client.ToString(), broker.ToString()),
        Properties.Of(
            ("severity", Name(of.Severity)), ("team", PropertyValue.Of(of.Leading.Team)), ("foundOn", PropertyValue.Of(day)), ("dueOn", PropertyValue.Of(dueOn)),
            ("expectedLoss", PropertyValue.Of(of.ExpectedLoss))),
        []);

    /// <summary>The signs of a client, each with an id of its own: filed again it is the same fact.</summary>
    public static ImmutableArray<CaseAttachment> SignsOf(ClientWarning of, IEnumerable<MetRule> met, NodeId broker, DateOnly day, string rulesVersion) =>
        [.. met.Select(one => new CaseAttachment(IdOf(of.Client, broker, one.Rule, day), "SIGN_OF", PropertiesOf(of, one, day, rulesVersion)))];

    /// <summary>The name of a severity in the schema.</summary>
    public static PropertyValue Name(WarningSeverity severity) => PropertyValue.OfEnum(severity.ToString().ToUpperInvariant());

    private static NodeId IdOf(NodeId client, NodeId broker, WarningRule rule, DateOnly day)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(client.ToString())))[..16];
        return new NodeId(SignType, string.Create(CultureInfo.InvariantCulture, $"{CaseFacts.SourceOf(broker.ToString())}:{hash}-{rule.Name}-{day:yyyyMMdd}"));
    }

    private static Properties PropertiesOf(ClientWarning of, MetRule met, DateOnly day, string rulesVersion)
    {
        List<Property> properties =
        [
            new("rule", PropertyValue.Of(met.Rule.Name)), new("rulesVersion", PropertyValue.Of(rulesVersion)), new("foundOn", PropertyValue.Of(day)),
            new("severity", Name(met.Rule.Severity)), new("team", PropertyValue.Of(met.Rule.Team)), new("figure", PropertyValue.Of(met.Rule.Figure)),
            new("probability", PropertyValue.Of(decimal.Round((decimal)of.Probability, Digits))), new("exposure", PropertyValue.Of(of.Exposure)), new("lossGivenDefault", PropertyValue.Of(of.LossGivenDefault)),
        ];
        if (Number(met.By.Value) is { } value) properties.Add(new("value", PropertyValue.Of(value)));
        if (met.By.Before is { } before && Number(before) is { } earlier) properties.Add(new("valueBefore", PropertyValue.Of(earlier)));
        if (met.Rule.Limit is { } limit) properties.Add(new("limit", PropertyValue.Of(limit)));
        return Properties.Of(properties);
    }

    /// <summary>A figure to six decimals; null for one without bound, which no number says.</summary>
    private static decimal? Number(double figure) => double.IsFinite(figure) && Math.Abs(figure) < 1e15 ? decimal.Round((decimal)figure, Digits) : null;
}
