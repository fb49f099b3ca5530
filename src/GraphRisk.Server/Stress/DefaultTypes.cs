using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Stress;

namespace GraphRisk.Server.Stress;

/// <summary>A broker's part of drawn losses.</summary>
internal sealed record BrokerDefaultsOf(DefaultsOf All, int Number) : IAboutSubject
{
    public string? Subject => All.Subject;
}

/// <summary>A distribution with whom it is about.</summary>
internal sealed record DistributionOf(DefaultsOf All, LossDistribution Losses) : IAboutSubject
{
    public string? Subject => All.Subject;
}

/// <summary>A quantile with whom it is about.</summary>
internal sealed record QuantileOf(DefaultsOf All, double Level, double Loss) : IAboutSubject
{
    public string? Subject => All.Subject;
}

/// <summary>GraphQL types of correlated defaults.</summary>
internal static class DefaultTypes
{
    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        parts.Types.Add(Fields.Object(
            "StressDefaults",
            "Losses by correlated defaults over the accounts as the scenario leaves them; money in yuan. Each draw is a year in which one common factor moves all clients, each then defaulting by its probability. "
            + "The expected loss here and the losses of the scenario are answers to different questions: those of the scenario are conditional, what is lost if just this happens, only by clients it fails and beyond all they and their guarantors can pay; "
            + "the expected loss is unconditional, the mean over all years, good ones among them, of what is lost by any client's default, at least the loss given default of what it owes. So neither bounds the other. Probabilities are today's and what can be lost is what the scenario leaves owed: where it closes contracts, a deeper fall can leave less to lose afterwards.",
            Fields.Of<DefaultsOf>("draws", "Int!", FieldAccess.Structure, "Years drawn.", one => one.Parameters.Draws),
            Fields.Of<DefaultsOf>("confidence", "Float!", FieldAccess.Structure, "Part of the years that are not in the tail.", one => one.Parameters.Confidence),
            Fields.Of<DefaultsOf>("clients", "Int", derived, "Clients that may default.", one => one.Drawn.Clients.Length),
            Fields.Of<DefaultsOf>("unscored", "Int", derived, "Those without a probability that may be known: they default only where the scenario fails them.", one => one.Unscored),
            Fields.Of<DefaultsOf>("market", "LossDistribution", derived, "All brokers of the answer together.", one => new DistributionOf(one, one.Drawn.Losses.Market)),
            Fields.Of<DefaultsOf>("brokers", "[BrokerDefaults!]", derived, "Each broker, by code.",
                one => Enumerable.Range(0, one.Drawn.Brokers.Length).OrderBy(number => KeyOf(one, number), StringComparer.Ordinal).Select(number => new BrokerDefaultsOf(one, number)))));
        parts.Types.Add(Fields.Object(
            "BrokerDefaults", "One broker's losses by correlated defaults.",
            Fields.Of<BrokerDefaultsOf>("key", "String!", FieldAccess.Structure, "Code of the broker.", one => KeyOf(one.All, one.Number)),
            Fields.Of<BrokerDefaultsOf>("broker", "Broker", FieldAccess.Structure, "The broker.", one => new NodeHandle(one.All.Whole.View, one.All.Drawn.Brokers[one.Number])),
            Fields.Of<BrokerDefaultsOf>("losses", "LossDistribution", derived, "Its losses by themselves.", one => new DistributionOf(one.All, one.All.Drawn.Losses.Brokers[one.Number])),
            Fields.Of<BrokerDefaultsOf>("contribution", "Decimal", derived, "Its part of the market's expected shortfall: the mean of its loss in the market's worst years. Contributions add up to it.",
                one => StressTypes.Money(one.All.Drawn.Losses.BrokerContributions[one.Number]))));
        parts.Types.Add(Fields.Object(
            "LossDistribution", "A distribution of losses over years; money in yuan.",
            Fields.Of<DistributionOf>("expected", "Decimal", derived, "Mean.", one => StressTypes.Money(one.Losses.Expected)),
            Fields.Of<DistributionOf>("valueAtRisk", "Decimal", derived, "Least loss of the tail.", one => StressTypes.Money(one.Losses.ValueAtRisk)),
            Fields.Of<DistributionOf>("expectedShortfall", "Decimal", derived, "Mean loss of the tail.", one => StressTypes.Money(one.Losses.ExpectedShortfall)),
            Fields.Of<DistributionOf>("quantiles", "[LossQuantile!]", derived, "Losses that part of the years stay at or below.",
                one => CorrelatedDefaults.Levels.Select((level, i) => new QuantileOf(one.All, level, one.Losses.Quantiles[i])))));
        parts.Types.Add(Fields.Object(
            "LossQuantile", "A quantile of losses.",
            Fields.Of<QuantileOf>("level", "Float!", FieldAccess.Structure, "Part of the years.", one => one.Level),
            Fields.Of<QuantileOf>("loss", "Decimal", derived, "Loss.", one => StressTypes.Money(one.Loss))));
    }

    /// <summary>The field on a stress test.</summary>
    public static GraphQL.Types.FieldType Field(FieldAccess derived, DefaultDraws draws) => Fields.Resolved(
        "correlatedDefaults", "StressDefaults", derived,
        "Losses by correlated defaults (Monte Carlo over one common factor) on top of the scenario: distribution, value at risk, expected shortfall. A broker draws with the scores its clients allowed it. The same seed draws the same years.",
        draws.ResolveAsync,
        TypeExpression.Argument("draws", "Int", $"Years to draw, up to {DefaultDraws.MostDraws}; {new DrawParameters().Draws} where absent. Each costs a step a client."),
        TypeExpression.Argument("seed", "Int", "Seed, 0 or more; 7 where absent."),
        TypeExpression.Argument("correlation", "Float", "Asset correlation of the common factor, 0 to below 1; 0.15 where absent."),
        TypeExpression.Argument("confidence", "Float", "Part of the years that are not in the tail, above 0 and below 1; 0.99 where absent."),
        TypeExpression.Argument("lossGivenDefault", "Float", "Least part of what a client owes that is lost by its default, 0 to below 1; 0.25 where absent. More where its collateral leaves more open."));

    private static string KeyOf(DefaultsOf one, int number) => one.Whole.View.Snapshot.Nodes.IdOf(one.Drawn.Brokers[number]).Key;
}
