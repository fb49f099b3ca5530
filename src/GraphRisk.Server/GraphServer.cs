using System.Diagnostics.Metrics;
using GraphQL.Execution;
using GraphQL.Types;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution;
using GraphRisk.Market.Calendar;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Server.AccessLog;
using GraphRisk.Server.Applications;
using GraphRisk.Server.Authorisations;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Client;
using GraphRisk.Server.Company;
using GraphRisk.Server.Composition;
using GraphRisk.Server.CreditReviews;
using GraphRisk.Server.Decisions;
using GraphRisk.Server.Dossiers;
using GraphRisk.Server.Exposure;
using GraphRisk.Server.Flows;
using GraphRisk.Server.Http;
using GraphRisk.Server.Import;
using GraphRisk.Server.Jobs;
using GraphRisk.Server.Links;
using GraphRisk.Server.Market;
using GraphRisk.Server.Models;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Ownership;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Paths;
using GraphRisk.Server.Records;
using GraphRisk.Server.Recovery;
using GraphRisk.Server.Resolution;
using GraphRisk.Server.Score;
using GraphRisk.Server.Screening;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Sessions;
using GraphRisk.Server.SignIn;
using GraphRisk.Server.Store;
using GraphRisk.Server.Stress;
using GraphRisk.Server.Supervision;
using GraphRisk.Server.Warnings;
using GraphRisk.Workflow.Warnings.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server;

/// <summary>What a server answers from, opened. Whoever opened them closes them, after the server.</summary>
public sealed record ServerDependencies
{
    /// <summary>The store.</summary>
    public required IGraphStore Store { get; init; }

    /// <summary>Snapshots of it.</summary>
    public required SnapshotProvider Snapshots { get; init; }

    /// <summary>The search index; it is brought up to the store when it is asked.</summary>
    public required SearchIndex Search { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Secret that makes ids and cursors opaque, 16 bytes or more; the same over restarts, or ids change.</summary>
    public required ReadOnlyMemory<byte> IdKey { get; init; }

    /// <summary>The model that scores; null where none is trained yet, and scores are refused.</summary>
    public CreditModel? Model { get; init; }

    /// <summary>Gives the model that scores now, where it may change while the server runs; <see cref="Model"/> always where null. Asked for every answer, so it must be quick.</summary>
    public Func<CreditModel?>? Champion { get; init; }

    /// <summary>The scores that were filed; null where none are kept, and every score is computed.</summary>
    public FiledScores? FiledScores { get; init; }

    /// <summary>Opens the model of a version, for scores filed with it; null where it is not there. What it gave stays open as long as the server.</summary>
    public Func<string, CreditModel?>? Models { get; init; }

    /// <summary>The reports kept of models; null where there are none.</summary>
    public ModelReports? Reports { get; init; }

    /// <summary>What imports need; null where nothing is imported over GraphQL.</summary>
    public ImportDependencies? Import { get; init; }

    /// <summary>Which entries of the audit trail tell of whom; null where there is no trail, and nobody is told who read.</summary>
    public AuditIndex? AccessLog { get; init; }

    /// <summary>How records are resolved to clients.</summary>
    public ResolutionOptions Resolution { get; init; } = new();

    /// <summary>Which days are worked, for terms of law.</summary>
    public WorkingCalendar Calendar { get; init; } = WorkingCalendar.China;

    /// <summary>The rules of early warning, by broker.</summary>
    public WarningRuleShelf WarningRules { get; init; } = WarningRuleShelf.Shipped;

    /// <summary>The day a question without as-of is about; null for the clock's.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Whether that day moves with what is imported.</summary>
    public bool FollowsData { get; init; }
}

/// <summary>Puts the GraphQL schema together and serves it.</summary>
public static class GraphServer
{
    /// <summary>Builds a server that is ready to start.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="dependencies">What to answer from.</param>
    public static WebApplication Build(ServerOptions options, ServerDependencies dependencies) =>
        GraphRiskServer.Build(options, dependencies.Clock, services => AddTo(services, dependencies));

    /// <summary>The schema as it is served, not yet guarded; for its SDL and for tests.</summary>
    public static ISchema SchemaOf(ServerDependencies dependencies) => SchemaOf(dependencies, SessionOf(dependencies), JobsOf(dependencies));

    private static void AddTo(IServiceCollection services, ServerDependencies dependencies)
    {
        var session = SessionOf(dependencies);
        var jobs = JobsOf(dependencies);
        services.AddSingleton<ISchema>(SchemaOf(dependencies, session, jobs));
        services.AddSingleton(_ => jobs);
        services.AddHostedService<JobsOfServer>();
        services.AddSingleton<IDocumentExecutionListener, InputHints>();
        services.AddSingleton(new GraphStatistics(session));
        services.AddSingleton(provider => new ServerGauges(dependencies, provider.GetRequiredService<Presence>(), provider.GetRequiredService<Meter>()));
        services.AddSingleton(new Health(dependencies.Snapshots, dependencies.Clock));
        services.AddSingleton(GroundsOf(session, dependencies));
        services.AddSingleton<IParties>(new GraphParties(dependencies.Store, dependencies.Snapshots.Watch));
    }

    /// <summary>What decisions on access rest on.</summary>
    internal static AccessGrounds GroundsOf(GraphSession session, ServerDependencies dependencies) =>
        new(new GraphStandings(session), new BookedAuthorisations(session), new Pseudonyms(dependencies.IdKey.Span));

    private static GraphSession SessionOf(ServerDependencies dependencies) => new(
        dependencies.Store, dependencies.Snapshots, dependencies.Clock, new DataDay(dependencies.Snapshots, dependencies.Clock, dependencies.Today, dependencies.FollowsData));

    private static JobBook JobsOf(ServerDependencies dependencies) => new(new Sealer(dependencies.IdKey.Span), dependencies.Clock);

    private static GraphRiskSchema SchemaOf(ServerDependencies dependencies, GraphSession session, JobBook jobs)
    {
        var parts = new SchemaParts();
        foreach (var part in PartsOf(dependencies, session, jobs)) part.AddTo(parts);
        return new GraphRiskSchema(parts);
    }

    /// <summary>One part a noun, in the order of the root fields; the generated types come last, when all have said what they add to them.</summary>
    private static IEnumerable<ISchemaPart> PartsOf(ServerDependencies dependencies, GraphSession session, JobBook jobs)
    {
        var sealer = new Sealer(dependencies.IdKey.Span);
        var (ids, pager) = (new NodeIds(sealer), new Pager(sealer));
        var lookup = new Lookup(ids);
        var reports = new ReportPart(dependencies.Reports);
        var gate = new WriteGate(dependencies.Snapshots.Watch);
        var champion = dependencies.Champion ?? (() => dependencies.Model);
        var scores = new ScorePart(session, champion, lookup, reports);
        var (search, exposure) = (new SearchPart(session, dependencies.Search, new GraphStandings(session), pager), new ExposurePart(session, lookup));
        var derived = new DerivedFields(champion, new StructureFields(session.Catalog, ids));
        var types = new SelectableTypes(session.Catalog, derived);
        var days = new ScoresOnDays(session, scores, dependencies.FiledScores, version => champion() is { } now && now.Version == version ? now : dependencies.Models?.Invoke(version));
        var why = new WhyPart(days, types, lookup);
        return
        [
            new ClientPart(session, lookup, pager),
            new CompanyPart(session, dependencies.Search, lookup, ids),
            new NodePart(session, lookup),
            search,
            new ScreeningPart(session, new GraphStandings(session), pager),
            new OwnershipPart(session, lookup, pager),
            new ControlPart(session, lookup),
            new RulePart(session, lookup),
            new VerdictsPart(session, lookup, types, pager),
            new HistoryPart(session, lookup, new HistoryTypes(session.Catalog, dependencies.Calendar)),
            new LinksPart(session, lookup, pager),
            new PathsPart(session, lookup, pager, GroundsOf(session, dependencies)),
            new GroupsPart(dependencies.Store.Catalog, ids, pager),
            new FlowsPart(session, lookup, pager),
            exposure,
            new DossierPart(session, lookup, search, exposure, scores, GroundsOf(session, dependencies)),
            new AssetPart(session, lookup),
            scores,
            new ApplicationPart(session, scores, lookup),
            new ApplicationCases(session, scores, lookup, gate),
            new ComplaintCases(session, lookup, ids, gate, dependencies.Calendar, dependencies.AccessLog),
            new ReceiversPart(dependencies.AccessLog),
            new WarningCases(session, lookup, gate, dependencies.Snapshots, champion, dependencies.WarningRules, dependencies.Calendar),
            new WarningRulePart(session, lookup, dependencies.WarningRules),
            new WarningDryRunPart(session, dependencies.Snapshots, champion, dependencies.WarningRules),
            new CreditReviewCases(session, lookup, gate, dependencies.Snapshots, champion, dependencies.Calendar),
            new GradedManagementPart(session, lookup),
            new MarginCallCases(session, lookup, gate, dependencies.Calendar),
            new DefaultCases(session, lookup, gate, dependencies.Calendar),
            new FreezeCases(session, lookup, gate),
            reports,
            new ScoreHistoryPart(days, why, lookup),
            why,
            new ContagionPart(session, champion),
            new MarketPart(session, champion),
            new MarketFactsPart(session),
            new StressPart(session, champion, lookup),
            new QualityPart(session, champion),
            new MoversPart(session, champion),
            new ConcentrationPart(session),
            new WarningWorkPart(session),
            new InspectionPart(session, scores, lookup),
            new StatisticsPart(session, champion, gate),
            new RecordsPart(session, ids),
            new ContradictionsPart(session, ids, GroundsOf(session, dependencies)),
            new ResolutionPart(session, dependencies.Resolution, ids, gate),
            new ReviewPart(session, ids, pager),
            new IdentityPart(session, ids, pager),
            new ChartsPart(session, dependencies.Resolution),
            new AuthorisationPart(session, lookup, pager, gate),
            new ImportPart(session, dependencies.Import, new Resolver(dependencies.Store, dependencies.Resolution), gate, jobs),
            new FlagsPart(session, dependencies.Import?.Quarantine, pager, gate),
            new JobPart(jobs),
            new StorePart(session),
            new AccessLogPart(session, dependencies.AccessLog, lookup, pager),
            new SelectionPart(session, types, derived, new RowPager(sealer), pager),
            new RelationshipsPart(session, types, new RowPager(sealer)),
            new CoursePart(session, types),
            new ChangesPart(session, types, pager),
            new RelationshipChangesPart(session, types, pager),
            new NodesPart(session, ids, pager, types),
        ];
    }
}
