using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Stress;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.Market;
using GraphRisk.Workflow.Supervision.Movers;
using GraphRisk.Workflow.Supervision.Quality;
using GraphRisk.Workflow.Warnings.Work;

namespace GraphRisk.Workflow.Supervision.Reports;

/// <summary>Quality of clients on one day, by whose they are and how they are told apart.</summary>
public sealed record QualityOnDay(DateOnly Day, ImmutableDictionary<(MarketDivision Of, QualityDivision By), ImmutableArray<QualityRow>> Tables);

/// <summary>Who moved by one figure.</summary>
public sealed record MoversBy(MoverSubject Subject, MoverFigure Figure, int Count, ImmutableArray<Mover> First);

/// <summary>A scenario put to the market of the earlier day, beside what really became of the same accounts by the later one.</summary>
public sealed record StressBeside(string Scenario, ImmutableDictionary<StressDivision, ImmutableArray<(StressRow Supposed, StressOutcomeRow Actual)>> Tables);

/// <summary>
/// What a supervisor reads of a day: quality of clients by month up to it, who moved since an earlier day, concentration, and how warnings found since were worked. All days are seen with one knowledge
/// and scored by one model. A value without clock or path: the same store, days, knowledge and model give the same report.
/// <para>Days between the two are passed through one at a time and kept nowhere; the snapshots of both ends stay until movers are found. Cost: the scores and books of each day.</para>
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="Since">The earlier day.</param>
/// <param name="Version">Version of the store whose knowledge was read.</param>
/// <param name="KnownAt">When that was recorded.</param>
/// <param name="Model">Version of the model that scores; null where there is none.</param>
public sealed record MarketReport(DateOnly Day, DateOnly Since, long Version, DateTimeOffset KnownAt, string? Model)
{
    /// <summary>Most days between and including both.</summary>
    public const int MostDays = 13;

    /// <summary>Movers, securities and groups that are named.</summary>
    public const int MostNamed = 100;

    /// <summary>What is told of each day.</summary>
    public static ImmutableArray<(MarketDivision Of, QualityDivision By)> Told { get; } =
    [
        (MarketDivision.Jurisdiction, QualityDivision.All),
        .. new[] { MarketDivision.Market, MarketDivision.Broker }.SelectMany(of => Enum.GetValues<QualityDivision>().Select(by => (of, by))),
    ];

    /// <summary>The days, first to last.</summary>
    public required ImmutableArray<QualityOnDay> Quality { get; init; }

    /// <summary>By subject, then by figure.</summary>
    public required ImmutableArray<MoversBy> Movers { get; init; }

    /// <summary>On the day.</summary>
    public required MarketConcentration Concentration { get; init; }

    /// <summary>Ids of the nodes that the concentration names by number.</summary>
    public required ImmutableDictionary<int, NodeId> Named { get; init; }

    /// <summary>By division.</summary>
    public required ImmutableDictionary<WarningDivision, ImmutableArray<WarningWorkRow>> Warnings { get; init; }

    /// <summary>A scenario of the earlier day beside what happened; null where none was named.</summary>
    public StressBeside? Stress { get; init; }

    /// <summary>What a scenario is told by.</summary>
    public static ImmutableArray<StressDivision> Stressed { get; } = [StressDivision.Market, StressDivision.Broker, StressDivision.Jurisdiction, StressDivision.Industry];

    /// <summary>The days a report looks at: both ends and the last days of months between, of every month, quarter or year, as many as fit.</summary>
    public static ImmutableArray<DateOnly> DaysOf(DateOnly since, DateOnly day)
    {
        foreach (var months in (int[])[1, 3, 12, 60, 300])
        {
            var days = new SortedSet<DateOnly> { since, day };
            for (var at = new DateOnly(since.Year, 1, 1).AddMonths(months); at.AddDays(-1) < day; at = at.AddMonths(months))
                if (at.AddDays(-1) > since) days.Add(at.AddDays(-1));
            if (days.Count <= MostDays) return [.. days];
        }

        return [since, day];
    }

    /// <summary>Makes it.</summary>
    /// <param name="day">The day.</param>
    /// <param name="since">The earlier day, before it.</param>
    /// <param name="at">A snapshot of a day, of everybody's facts and one knowledge.</param>
    /// <param name="model">The model that scores; null where there is none.</param>
    /// <param name="meter">Pays for it.</param>
    /// <param name="scenario">A scenario for the earlier day; null for none.</param>
    /// <exception cref="ArgumentException">No debt was stated on a day yet.</exception>
    /// <exception cref="ScenarioException">The scenario names what is not there.</exception>
    public static async Task<MarketReport> MakeAsync(DateOnly day, DateOnly since, Func<DateOnly, ValueTask<Snapshot>> at, CreditModel? model, WorkMeter meter, Scenario? scenario = null)
    {
        var (then, now) = (Ground.Of(await at(since), model, meter), Ground.Of(await at(day), model, meter));
        var quality = ImmutableArray.CreateBuilder<QualityOnDay>();
        foreach (var one in DaysOf(since, day))
            quality.Add((one == since ? then : one == day ? now : Ground.Of(await at(one), model, meter)).Quality(meter));
        var (concentration, stamp) = (MarketConcentration.Of(now.Market, now.Book, meter), now.Market.Snapshot.Stamp);
        return new MarketReport(day, since, stamp.Version, stamp.KnownAt, model?.Version)
        {
            Quality = quality.ToImmutable(),
            Movers = MoversOf(then, now, meter),
            Stress = scenario is null ? null : Beside(scenario, then.Market, now.Market, scenario.Replay is { } replay && replay.To > since ? await at(replay.To) : null, meter),
            Concentration = concentration,
            Named = NamesOf(now.Market.Snapshot.Nodes, concentration),
            Warnings = Enum.GetValues<WarningDivision>().ToImmutableDictionary(by => by, by => WarningWork.Of(now.Market.Snapshot, since.AddDays(1), day, by, meter)),
        };
    }

    private static StressBeside Beside(Scenario scenario, MarketReading then, MarketReading now, Snapshot? history, WorkMeter meter)
    {
        var answer = StressTest.Run(scenario, then, history);
        return new StressBeside(scenario.Name, Stressed.ToImmutableDictionary(
            by => by, by => StressTable.Of(answer, by).Zip(StressOutcome.Of(answer, by, now, meter), (supposed, actual) => (supposed, actual)).ToImmutableArray()));
    }

    private static ImmutableArray<MoversBy> MoversOf(Ground then, Ground now, WorkMeter meter)
    {
        var found = ImmutableArray.CreateBuilder<MoversBy>();
        foreach (var subject in Enum.GetValues<MoverSubject>())
        {
            var (before, after) = (then.Figures(subject, meter), now.Figures(subject, meter));
            foreach (var figure in Enum.GetValues<MoverFigure>().Where(figure => MarketMovers.Has(subject, figure)))
            {
                var all = MarketMovers.Of(then.Market.Snapshot, before, now.Market.Snapshot, after, figure, meter);
                found.Add(new MoversBy(subject, figure, all.Length, [.. all.Take(MostNamed)]));
            }
        }

        return found.ToImmutable();
    }

    private static ImmutableDictionary<int, NodeId> NamesOf(NodeTable nodes, MarketConcentration found) =>
        found.Securities.SelectMany(one => new[] { one.Security, one.Largest }).Concat(found.Groups.SelectMany(one => new[] { one.Leader, one.Largest }))
            .Distinct().ToImmutableDictionary(node => node, nodes.IdOf);

    /// <summary>What a day's figures are made of.</summary>
    private sealed record Ground(MarketReading Market, ImmutableArray<Lent> Book, IReadOnlyDictionary<int, ScoreLine> Scores)
    {
        public static Ground Of(Snapshot snapshot, CreditModel? model, WorkMeter meter)
        {
            var market = new MarketReading(snapshot);
            if (!market.Contracts.StatesDebts) throw new ArgumentException(FormattableString.Invariant($"{snapshot.Stamp.AsOfDay:yyyy-MM-dd} is before the first debt was stated: silence would look like safety"));
            var scores = model is null ? [] : model.Open(market).ScoreAll(meter: meter).ToDictionary(line => line.Node);
            return new Ground(market, LentBook.Of(market.Contracts, meter), scores);
        }

        public QualityOnDay Quality(WorkMeter meter) => new(
            Market.Snapshot.Stamp.AsOfDay, Told.ToImmutableDictionary(one => one, one => QualityTable.Of(Market, Book, Scores, one.Of, one.By, meter)));

        public IReadOnlyDictionary<int, MoverFigures> Figures(MoverSubject subject, WorkMeter meter) => FiguresOfDay.Of(Market, Book, Scores, subject, meter);
    }
}
