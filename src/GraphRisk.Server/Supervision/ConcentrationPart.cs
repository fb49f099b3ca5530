using GraphQL;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Concentration;

namespace GraphRisk.Server.Supervision;

/// <summary>How concentrated the market is.</summary>
internal sealed record MarketConcentrationOf(GraphView View, MarketConcentration Found)
{
    public NodeHandle At(int node) => new(View, node);
}

/// <summary>A group in it, about the member that owes most.</summary>
internal sealed record GroupConcentrationOf(MarketConcentrationOf Whole, GroupConcentration Row) : IAboutSubject
{
    public string? Subject => Whole.At(Row.Leader).Subject;
}

/// <summary>A security in it.</summary>
internal sealed record SecurityConcentrationOf(MarketConcentrationOf Whole, SecurityConcentration Row);

/// <summary>How concentrated financing is over all brokers together, by security taken as collateral and by group under common control: <c>marketConcentration</c>. The supervisor's.</summary>
internal sealed class ConcentrationPart(GraphSession session) : ISchemaPart
{
    private const string Name = "marketConcentration";

    public void AddTo(SchemaParts parts)
    {
        var first = TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}; 20 where not given.");
        parts.Types.Add(Fields.Object(
            "MarketConcentration", "How concentrated financing is over all brokers; money in yuan, indices of Herfindahl from 1/n where n have the same to 1 where one has all.",
            Fields.Of<MarketConcentrationOf>("debt", "Decimal", Supervised.Sum, "Owed by clients in all.", one => one.Found.Debt),
            Fields.Of<MarketConcentrationOf>("collateral", "Decimal", Supervised.Sum, "Value of all securities taken as collateral, at the last close.", one => one.Found.Collateral),
            Fields.Of<MarketConcentrationOf>("amongBrokers", "Decimal", Supervised.Sum, "Herfindahl index of the debt over brokers; null without debt.", one => one.Found.AmongBrokers),
            Fields.Of<MarketConcentrationOf>("amongGroups", "Decimal", Supervised.Sum, "Herfindahl index of the debt over groups under common control; null without debt.", one => one.Found.AmongGroups),
            Fields.Of<MarketConcentrationOf>("amongSecurities", "Decimal", Supervised.Sum, "Herfindahl index of the collateral's value over securities; null without any.", one => one.Found.AmongSecurities),
            Fields.Of<MarketConcentrationOf>("securities", "[SecurityConcentration!]!", FieldAccess.Structure, "Securities taken, the largest value first.",
                (one, context) => one.Found.Securities.Take(First(context)).Select(row => new SecurityConcentrationOf(one, row)).ToArray(), first),
            Fields.Of<MarketConcentrationOf>("securityCount", "Int", Supervised.Sum, "Securities taken in all.", one => one.Found.Securities.Length),
            Fields.Of<MarketConcentrationOf>("groups", "[GroupConcentration!]!", FieldAccess.Structure, "Groups under common control that owe something, a client that is in none by itself; the largest debt first.",
                (one, context) => one.Found.Groups.Take(First(context)).Select(row => new GroupConcentrationOf(one, row)).ToArray(),
                TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}; 20 where not given.")),
            Fields.Of<MarketConcentrationOf>("groupCount", "Int", Supervised.Sum, "Groups in all.", one => one.Found.Groups.Length),
            Fields.Of<MarketConcentrationOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "SecurityConcentration", "One security as collateral over all brokers.",
            Fields.Of<SecurityConcentrationOf>("security", "Security", FieldAccess.Structure, "The security.", one => one.Whole.At(one.Row.Security)),
            Fields.Of<SecurityConcentrationOf>("quantity", "Decimal", Supervised.Sum, "Taken by all brokers, in units.", one => one.Row.Quantity),
            Fields.Of<SecurityConcentrationOf>("value", "Decimal", Supervised.Sum, "The same at the last close; null without a price.", one => one.Row.Value),
            Fields.Of<SecurityConcentrationOf>("shareOfCollateral", "Decimal", Supervised.Sum, "Part of the value of all collateral, 0 to 1.", one => Supervised.Rounded(one.Row.ShareOfCollateral)),
            Fields.Of<SecurityConcentrationOf>("shareOfOutstanding", "Decimal", Supervised.Sum, "Part of the shares outstanding; null where those are not stated.", one => Supervised.Rounded(one.Row.ShareOfOutstanding)),
            Fields.Of<SecurityConcentrationOf>("shareOfFreeFloat", "Decimal", Supervised.Sum, "Part of the shares outside firm hands, which are holdings of 5% and more and the issuer's own; null where no register tells. Above 1 firm hands have pledged too.", one => Supervised.Rounded(one.Row.ShareOfFreeFloat)),
            Fields.Of<SecurityConcentrationOf>("brokers", "Int", Supervised.Sum, "Brokers that have taken any.", one => one.Row.Brokers),
            Fields.Of<SecurityConcentrationOf>("largestBroker", "Broker", FieldAccess.Structure, "The one that has taken most.", one => one.Whole.At(one.Row.Largest)),
            Fields.Of<SecurityConcentrationOf>("largestShare", "Decimal", Supervised.Sum, "Its part of what all have taken, 0 to 1.", one => Supervised.Rounded(one.Row.LargestShare)),
            Fields.Of<SecurityConcentrationOf>("herfindahl", "Decimal", Supervised.Sum, "Herfindahl index of what is taken over brokers.", one => one.Row.Herfindahl)));
        parts.Types.Add(Fields.Object(
            "GroupConcentration", "What one group under common control owes over all brokers.",
            Fields.Of<GroupConcentrationOf>("leader", "Party", FieldAccess.Structure, "The member that owes most.", one => one.Whole.At(one.Row.Leader)),
            Fields.Of<GroupConcentrationOf>("members", "Int", Supervised.OfOne, "Members that owe anything.", one => one.Row.Members),
            Fields.Of<GroupConcentrationOf>("debt", "Decimal", Supervised.OfOne, "What they owe.", one => one.Row.Debt),
            Fields.Of<GroupConcentrationOf>("shareOfMarket", "Decimal", Supervised.OfOne, "Part of what the whole market owes, 0 to 1.", one => Supervised.Rounded(one.Row.ShareOfMarket)),
            Fields.Of<GroupConcentrationOf>("brokers", "Int", Supervised.OfOne, "Brokers they owe.", one => one.Row.Brokers),
            Fields.Of<GroupConcentrationOf>("largestBroker", "Broker", FieldAccess.Structure, "The one they owe most.", one => one.Whole.At(one.Row.Largest)),
            Fields.Of<GroupConcentrationOf>("largestShare", "Decimal", Supervised.OfOne, "Part of their debt that is that one's, 0 to 1.", one => Supervised.Rounded(one.Row.LargestShare)),
            Fields.Of<GroupConcentrationOf>("herfindahl", "Decimal", Supervised.OfOne, "Herfindahl index of their debt over brokers.", one => one.Row.Herfindahl),
            Fields.Of<GroupConcentrationOf>("mostToNetCapital", "Decimal", Supervised.OfOne, "Greatest part of a broker's net capital that they owe it; null where none of their brokers states any.", one => Supervised.Rounded(one.Row.MostToNetCapital))));
        parts.Query.AddField(Fields.Resolved(
            Name, "MarketConcentration", FieldAccess.Structure,
            "How concentrated securities financing is over all brokers together: in which securities taken as collateral, and in which groups of clients under common control. For supervision.",
            ResolveAsync, BitemporalArguments.And()));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        Supervised.Require(context, Name);
        var view = await session.ViewAsync(context);
        view.RequireDebts();
        return new MarketConcentrationOf(view, view.Derive(typeof(MarketConcentration), context.Meter(), (_, paid) => MarketConcentration.Of(view.Market(), view.Book(paid), paid)));
    }

    private static int First(IResolveFieldContext context) => context.GetArgument<int?>("first") switch
    {
        null => 20,
        < 0 or > PageRequest.Most => throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}."),
        { } first => first,
    };
}
