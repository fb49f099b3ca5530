using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Models;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Supervision.Movers;

namespace GraphRisk.Server.Supervision;

/// <summary>Who moved between two days.</summary>
internal sealed record MoversOf(GraphView Then, GraphView Now, MoverSubject Subject, MoverFigure By, string? Model, ImmutableArray<Mover> Rows);

/// <summary>One of them.</summary>
internal sealed record MoverOf(MoversOf Whole, Mover Row) : IAboutSubject
{
    public string? Subject => Node.Subject;

    /// <summary>On the later day; on the earlier one where it is there no more.</summary>
    public NodeHandle Node => new[] { Whole.Now, Whole.Then }.Select(view => new NodeHandle(view, view.Snapshot.Nodes.Find(Row.Subject))).First(node => node.Number >= 0);

    public NodeHandle? As(MoverSubject subject) => Whole.Subject == subject ? Node : null;

    public MoverFiguresOf? Told(MoverFigures? figures) => figures is null ? null : new MoverFiguresOf(Subject, figures);
}

/// <summary>Its figures on a day.</summary>
internal sealed record MoverFiguresOf(string? Subject, MoverFigures Figures) : IAboutSubject;

/// <summary>Clients, brokers and securities whose grade, exposure, ratio or concentration moved most since a day: <c>marketMovers</c>. The supervisor's.</summary>
internal sealed class MoversPart(GraphSession session, Func<CreditModel?> champion) : ISchemaPart
{
    private const string Name = "marketMovers";

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "MoverSubject", "Who or what moved.",
            ("CLIENT", MoverSubject.Client, "Clients that owed something on either day."),
            ("BROKER", MoverSubject.Broker, "Brokers that were owed something on either day."),
            ("SECURITY", MoverSubject.Security, "Securities that were taken as collateral on either day.")));
        parts.Types.Add(Fields.Enum(
            "MoverFigure", "The figure by which movers are ranked.",
            ("GRADE", MoverFigure.Grade, "The grade, in steps; among equal steps the probability of default. Not of securities."),
            ("EXPOSURE", MoverFigure.Exposure, "What is owed, or the value of what is taken as collateral; one that was not there had nothing."),
            ("RATIO", MoverFigure.Ratio, "Assets to debt over margin contracts with debt. Not of securities."),
            ("CONCENTRATION", MoverFigure.Concentration, "How much hangs on one thing.")));
        parts.Types.Add(Fields.Object(
            "MarketMovers", "Who moved between two days, the greatest movement first.",
            Fields.Of<MoversOf>("since", "Date!", FieldAccess.Structure, "The earlier day.", one => one.Then.Snapshot.Stamp.AsOfDay),
            Fields.Of<MoversOf>("subject", "MoverSubject!", FieldAccess.Structure, "Who or what.", one => one.Subject),
            Fields.Of<MoversOf>("by", "MoverFigure!", FieldAccess.Structure, "What they are ranked by.", one => one.By),
            Fields.Of<MoversOf>("count", "Int", Supervised.Sum, "How many moved at all.", one => one.Rows.Length),
            Fields.Of<MoversOf>("rows", "[Mover!]!", FieldAccess.Structure, "The greatest movement first, up or down, then by id.", Rows, TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}; 20 where not given.")),
            Fields.Of<MoversOf>("modelVersion", "String", FieldAccess.Structure, "Content hash of the model that scores on both days; null where there is none.", one => one.Model),
            Fields.Of<MoversOf>("stamp", "Stamp!", FieldAccess.Structure, "What the later day stands on; the earlier one is seen with its knowledge.", one => one.Now.Stamp)));
        parts.Types.Add(Fields.Object(
            "Mover", "One that moved between two days.",
            Fields.Of<MoverOf>("client", "Party", FieldAccess.Structure, "The client; null for brokers and securities.", one => one.As(MoverSubject.Client)),
            Fields.Of<MoverOf>("broker", "Broker", FieldAccess.Structure, "The broker; null for others.", one => one.As(MoverSubject.Broker)),
            Fields.Of<MoverOf>("security", "Security", FieldAccess.Structure, "The security; null for others.", one => one.As(MoverSubject.Security)),
            Fields.Of<MoverOf>("movement", "Decimal", Supervised.OfOne, "Now less then of the figure asked for; of grades the steps towards the worst.", one => Supervised.Rounded(one.Row.Movement)),
            Fields.Of<MoverOf>("then", "MoverFigures", FieldAccess.Structure, "On the earlier day; null where nothing was owed or taken.", one => one.Told(one.Row.Then)),
            Fields.Of<MoverOf>("now", "MoverFigures", FieldAccess.Structure, "On the later day; null where nothing is owed or taken any more.", one => one.Told(one.Row.Now))));
        parts.Types.Add(Fields.Object(
            "MoverFigures", "Figures of a client, broker or security on a day; null where there is none.",
            Fields.Of<MoverFiguresOf>("grade", "String", Supervised.OfOne, "Grade of a client; of a broker that of its debt-weighted probability of default.", one => one.Figures.Grade),
            Fields.Of<MoverFiguresOf>("probabilityOfDefault", "Float", Supervised.OfOne, "Of a client; of a broker its clients', weighted by their debt to it.", one => one.Figures.ProbabilityOfDefault is { } risk ? ScoreTypes.Rounded(risk) : null),
            Fields.Of<MoverFiguresOf>("exposure", "Decimal", Supervised.OfOne, "Owed by a client to all brokers, or to a broker by all; of a security the value of what all brokers have taken. Yuan.", one => one.Figures.Exposure),
            Fields.Of<MoverFiguresOf>("ratio", "Decimal", Supervised.OfOne, "Assets to debt over margin contracts with debt.", one => Supervised.Rounded(one.Figures.Ratio)),
            Fields.Of<MoverFiguresOf>("concentration", "Decimal", Supervised.OfOne, "0 to 1: of a client the part of one security in its collateral; of a broker the Herfindahl index of its financing over clients; of a security the part of the shares outstanding that brokers have taken.", one => Supervised.Rounded(one.Figures.Concentration))));
        parts.Query.AddField(Fields.Resolved(
            Name, "MarketMovers", FieldAccess.Structure,
            "Clients, brokers or securities whose grade, exposure, ratio or concentration moved most since a day, with their figures then and now. For supervision.",
            ResolveAsync,
            BitemporalArguments.And(
                TypeExpression.Argument("since", "Date!", "The earlier day; the later one is asOf."),
                TypeExpression.Argument("subject", "MoverSubject!", "Who or what."),
                TypeExpression.Argument("by", "MoverFigure!", "What to rank them by."))));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        Supervised.Require(context, Name);
        var (subject, by) = (context.GetArgument<MoverSubject>("subject"), context.GetArgument<MoverFigure>("by"));
        if (!MarketMovers.Has(subject, by)) throw Problem.BadInput("by", "of securities is EXPOSURE or CONCENTRATION: they have neither grade nor ratio.");
        var (now, model, meter) = (await session.ViewAsync(context), champion(), context.Meter());
        now.RequireDebts();
        var since = Validity.CloseOf(context.GetArgument<DateOnly>("since"));
        if (since > now.Stamp.AsOf) throw Problem.BadInput("since", "must not be after 'asOf'.");
        RequestContext.Of(context).Budget.ChargeInstant(since, now.Stamp.KnownAt);
        var then = await session.ViewAsync(now, since, context.CancellationToken);
        if (!then.Contracts().StatesDebts) throw Problem.BadInput("since", "is before the first debt was stated: all that is owed would look new.");
        return new MoversOf(then, now, subject, by, model?.Version, MarketMovers.Of(then.Snapshot, Figures(then, subject, model, meter), now.Snapshot, Figures(now, subject, model, meter), by, meter));
    }

    private static IReadOnlyDictionary<int, MoverFigures> Figures(GraphView view, MoverSubject subject, CreditModel? model, WorkMeter meter) =>
        view.Derive((typeof(FiguresOfDay), subject, model?.Version), meter, (_, paid) => FiguresOfDay.Of(
            view.Market(), view.Book(paid), subject == MoverSubject.Security ? view.ScoresByNode(null, paid) : view.ScoresByNode(model, paid), subject, paid));

    private static MoverOf[] Rows(MoversOf one, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? 20;
        if (first is < 0 or > PageRequest.Most) throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}.");
        return one.Rows.Take(first).Select(row => new MoverOf(one, row)).ToArray();
    }
}
