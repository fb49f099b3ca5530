using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Stress;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Stress;

/// <summary>What really happened beside a scenario.</summary>
internal sealed record OutcomeOf(StressOf Whole, GraphView Later, ImmutableArray<StressOutcomeRow> Rows) : IAboutSubject
{
    public string? Subject => Whole.Subject;
}

/// <summary>A row of it, beside the scenario's.</summary>
internal sealed record OutcomeRowOf(OutcomeOf All, StressOutcomeRow Row, StressRowOf Supposed) : IAboutSubject
{
    public string? Subject => Supposed.Subject;
}

/// <summary>Looks the accounts of a stress test up again on a later day, in what its viewer may know of it.</summary>
internal sealed class OutcomeLookup(GraphSession session)
{
    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var whole = (StressOf)context.Source!;
        var (day, until) = (whole.View.Snapshot.Stamp.AsOfDay, context.GetArgument<DateOnly?>("until"));
        if (until is null && day >= session.Today) return null;
        var last = until ?? session.Today;
        if (last <= day || last > session.Today) throw Problem.BadInput("until", FormattableString.Invariant($"must lie after {day:yyyy-MM-dd}, the day under stress, and not after {session.Today:yyyy-MM-dd}."));
        RequestContext.Of(context).Budget.ChargeInstant(Validity.CloseOf(last), whole.View.Stamp.KnownAt);
        var later = await session.ViewAsync(whole.View, Validity.CloseOf(last), context.CancellationToken);
        return new OutcomeOf(whole, later, StressOutcome.Of(whole.Answer, whole.By, later.Market(), context.Meter()));
    }
}

/// <summary>GraphQL types of what really happened.</summary>
internal static class OutcomeTypes
{
    public static void AddTo(SchemaParts parts, FieldAccess derived)
    {
        FieldType Figure(string name, string type, string description, Func<StressOutcomeRow, object?> read) => Fields.Of<OutcomeRowOf>(name, type, derived, description, one => read(one.Row));
        parts.Types.Add(Fields.Object(
            "StressActual", "What really became of the accounts by a later day, beside the scenario. Prices went their own way, clients topped up and repaid: where they went as was supposed, the two can be held against each other.",
            Fields.Of<OutcomeOf>("until", "Date!", FieldAccess.Structure, "The later day.", one => one.Later.Snapshot.Stamp.AsOfDay),
            Fields.Of<OutcomeOf>("rows", "[StressActualRow!]", derived, "One row a division, by key.",
                (one, context) => Rows(one, context), TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}, which is also where none is given.")),
            Fields.Of<OutcomeOf>("stamp", "Stamp!", FieldAccess.Structure, "What the later day stands on; it is seen with the knowledge of the question.", one => one.Later.Stamp)));
        parts.Types.Add(Fields.Object(
            "StressActualRow", "What really became of the accounts of one division; money in yuan.",
            Fields.Of<OutcomeRowOf>("supposed", "StressRow!", FieldAccess.Structure, "The same division under the scenario.", one => one.Supposed),
            Figure("priceMove", "Decimal", "Relative move of the prices of what secured the accounts, weighted by value; null where nothing with a price did.", row => row.PriceMove),
            Figure("contracts", "Int", "Contracts under which something was owed before.", row => row.Contracts),
            Figure("repaid", "Int", "Of them those under which nothing is owed any more.", row => row.Repaid),
            Figure("debt", "Decimal", "Still owed under them; new debts of other contracts are none of it.", row => row.Debt),
            Figure("collateral", "Decimal", "What secures it.", row => row.Collateral),
            Figure("calls", "Int", "Contracts on which a call was made since.", row => row.Calls),
            Figure("liquidated", "Int", "Contracts whose collateral was sold by force since.", row => row.Liquidated),
            Figure("defaults", "Int", "Clients in default before or defaulted since, each once: beside the defaults of the scenario.", row => row.Defaults),
            Figure("defaultsSince", "Int", "Of them those that defaulted since.", row => row.DefaultsSince),
            Figure("uncovered", "Decimal", "Debt that collateral does not cover.", row => row.Uncovered)));
    }

    public static FieldType Field(FieldAccess derived, OutcomeLookup outcomes) => Fields.Resolved(
        "actual", "StressActual", derived, "What really happened up to a later day, in what the asker may know of it; null where the day under stress is the last of the data and none is named.",
        outcomes.ResolveAsync, TypeExpression.Argument("until", "Date", "The later day; the last day of the data where not given."));

    private static OutcomeRowOf[] Rows(OutcomeOf one, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? PageRequest.Most;
        if (first is < 0 or > PageRequest.Most) throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}.");
        return one.Rows.Zip(one.Whole.Rows).Take(first).Select(pair => new OutcomeRowOf(one, pair.First, new StressRowOf(one.Whole, pair.Second))).ToArray();
    }
}
