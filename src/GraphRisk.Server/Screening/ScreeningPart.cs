using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Values;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Screening;

namespace GraphRisk.Server.Screening;

/// <summary>
/// Screening against the lists of the graph, of sanctions, dishonest debtors, enforcement, restricted consumption and disqualification: <c>screen</c> of a name, <c>screeningNews</c> of clients since an earlier knowledge. The lists are
/// made of the viewer's own snapshot and of the records in it, so of no fact it is not entitled to; what of them its role may not read counts for
/// nothing (<see cref="OpenEvidence"/>), and is said (<see cref="Searched"/>).
/// </summary>
internal sealed class ScreeningPart(GraphSession session, IStandings standings, Pager pager) : ISchemaPart
{
    private const int Longest = 200, MostIdentifiers = 20, MostHits = 100, MostOfClient = 10;

    /// <summary>Steps of reading an entry into the index.</summary>
    private const long StepsOfEntry = 8_000;

    private readonly OpenEvidence evidence = new(session.Catalog, standings);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(ScreeningTypes.All());
        parts.Query.AddField(Fields.Resolved(
            "screen", "ScreeningConnection", FieldAccess.Structure,
            "Parties on lists in force that somebody may be (sanctions, dishonest debtors, enforcement, restricted consumption, disqualification), the likeliest first, each with its reasons: names in every script with aliases, days, countries, identifiers. "
            + "Of what the viewer may not read nothing is used. At most 100 hits. Without asOf the lists of today count, or of the last day of the data where that is later.",
            ScreenAsync,
            BitemporalArguments.And([
                TypeExpression.Argument("name", "String!", $"Name in any script, at most {Longest} characters."),
                TypeExpression.Argument("kind", "ScreenedKind", "What bears the name; found from the name where null."),
                TypeExpression.Argument("birthDate", "String", "Day of birth or establishment, YYYY, YYYY-MM or YYYY-MM-DD."),
                TypeExpression.Argument("country", "String", "Country, by its code or name."),
                TypeExpression.Argument("identifiers", "[String!]", "Identifiers, each as SCHEME:value."),
                TypeExpression.Argument("prior", "Float", "Part of those asked about that are listed, between 0 and 1; 0.01 where null."),
                .. PageRequest.Arguments])));
        parts.Query.AddField(Fields.Resolved(
            "screeningNews", "ScreeningNewsConnection", FieldAccess.Structure,
            "Clients to look at again: those that may be a party whose entry became known or changed since, and those that became known or changed themselves. "
            + "A client that is listed itself is held against its own entry too. Without asOf the lists of today count, or of the last day of the data where that is later.",
            NewsAsync,
            BitemporalArguments.And([
                TypeExpression.Argument("since", "DateTime!", "Earlier knowledge to hold against that of knownAt."),
                TypeExpression.Argument("allParties", "Boolean", "Look at all parties, not at clients only; false where null."),
                .. PageRequest.Arguments])));
    }

    private async ValueTask<object?> ScreenAsync(IResolveFieldContext context)
    {
        var query = QueryOf(context);
        var parameters = new ScreeningParameters { Most = MostHits };
        if (context.GetArgument<double?>("prior") is { } prior) parameters = prior is > 0 and < 1 ? parameters with { Prior = prior } : throw Problem.BadInput("prior", "must be between 0 and 1.");
        var view = await ViewAsync(context);
        context.Meter().Charge(Rescreening.StepsOfQuestion);
        var lists = ListsOf(view, context.Meter());
        var shown = await ShowAsync(view, lists, query, lists.Screen(Within(query, evidence.OfAll(context.Viewer())), parameters), parameters, RequestContext.Of(context), context.CancellationToken);
        return new ScreeningPage(pager.Cut(PageRequest.Of(context), view.Stamp, shown, hit => hit.Listed.Id.ToString()), Searched.Of(context.Viewer(), view, lists));
    }

    /// <summary>What the viewer may know; where no as-of is given, as of the day on which lists are asked.</summary>
    private async ValueTask<GraphView> ViewAsync(IResolveFieldContext context)
    {
        var point = BitemporalArguments.Of(context);
        RequestContext.Of(context).Budget.ChargeInstant(point.AsOf, point.KnownAt);
        var today = DateOnly.FromDateTime(session.Now.UtcDateTime);
        return await session.ViewAsync(context.Viewer(), point with { AsOf = point.AsOf ?? Validity.CloseOf(ListedParties.DayOf(session.Today, today)) }, context.CancellationToken);
    }

    private async ValueTask<object?> NewsAsync(IResolveFieldContext context)
    {
        var view = await ViewAsync(context);
        var point = view.Point with { KnownAt = context.GetArgument<DateTimeOffset>("since") };
        var request = RequestContext.Of(context);
        request.Budget.ChargeInstant(point.AsOf, point.KnownAt);
        var before = await session.ViewAsync(context.Viewer(), point, context.CancellationToken);
        var (lists, parameters) = (ListsOf(view, context.Meter()), new ScreeningParameters { Most = MostOfClient });
        var sought = evidence.OfAll(context.Viewer());
        var all = context.GetArgument<bool?>("allParties") ?? false;
        var result = Rescreening.Run(session.Store, before.Market(), view.Market(), lists, all, query => Within(query, sought), parameters, context.Meter());
        var shown = new List<ShownNews>();
        foreach (var (party, entry, hits) in result.News)
        {
            var client = new NodeHandle(view, party);
            var open = (await evidence.Of(client, request, context.CancellationToken)).Evidence;
            if (!open.Contains(ScreeningEvidence.Name)) continue;
            var query = entry.ToQuery() with { SameAs = hits.Any(hit => hit.Entry.Id == entry.Id) ? entry.Id : null };
            var found = await ShowAsync(view, lists, Within(query, open), hits, parameters, request, context.CancellationToken);
            if (found.Count > 0) shown.Add(new ShownNews(client, [.. found]));
        }

        var mayCount = !view.Snapshot.Entitlement.IsWhole || context.Viewer().Role == Role.Regulator;
        return new ScreeningNewsPage(
            pager.Cut(PageRequest.Of(context), view.Stamp, shown, one => one.Client.Id.ToString()), Searched.Of(context.Viewer(), view, lists),
            mayCount ? result.Looked : null, mayCount ? result.PassedOver : null);
    }

    private ScreeningIndex ListsOf(GraphView view, WorkMeter meter) => view.Derive(typeof(ScreeningIndex), meter, (_, paid) =>
    {
        var entries = ListedParties.Of(session.Store, view.Market(), paid);
        paid.Charge(StepsOfEntry * entries.Length);
        return ScreeningIndex.Of(entries, paid.Cancellation);
    });

    /// <summary>The hits as the viewer may have them: weighed again without what it may not read, or left out.</summary>
    private async ValueTask<List<ShownHit>> ShowAsync(
        GraphView view, ScreeningIndex lists, ScreeningQuery query, ImmutableArray<ScreeningHit> hits, ScreeningParameters parameters, RequestContext request, CancellationToken cancellation)
    {
        var (found, shown) = (new List<ScreeningHit>(), new Dictionary<string, (NodeHandle Listed, bool InClear)>(StringComparer.Ordinal));
        foreach (var hit in hits)
        {
            if (!NodeId.TryParse(hit.Entry.Id, out var id) || view.Snapshot.Nodes.Find(id) is not (>= 0 and var node)) continue;
            var listed = new NodeHandle(view, node);
            var (open, inClear) = await evidence.Of(listed, request, cancellation);
            if (!open.Contains(ScreeningEvidence.Name) || lists.ScreenOne(Within(query, open), parameters, hit.Entry) is not { } one) continue;
            found.Add(one);
            shown[hit.Entry.Id] = (listed, inClear);
        }

        return [.. Rivals.Weigh(found).OrderByDescending(hit => hit.Total).ThenBy(hit => hit.Entry.Id, StringComparer.Ordinal).Select(hit => new ShownHit(shown[hit.Entry.Id].Listed, hit, shown[hit.Entry.Id].InClear))];
    }

    /// <summary>A question without the evidence that is not open.</summary>
    private static ScreeningQuery Within(ScreeningQuery query, IReadOnlySet<ScreeningEvidence> open) => query with
    {
        Days = open.Contains(ScreeningEvidence.Day) ? query.Days : [],
        Countries = open.Contains(ScreeningEvidence.Country) ? query.Countries : [],
        Identifiers = open.Contains(ScreeningEvidence.Identifier) ? query.Identifiers : [],
    };

    private static ScreeningQuery QueryOf(IResolveFieldContext context)
    {
        var name = context.GetArgument<string>("name").Trim();
        if (name.Length is 0 or > Longest) throw Problem.BadInput("name", $"must have 1 to {Longest} characters.");
        var country = context.GetArgument<string?>("country") is not { } written ? null : CountryNames.Read(written) ?? throw Problem.BadInput("country", "must be a code of ISO 3166-1 or the name of a country.");
        var identifiers = context.GetArgument<List<string>?>("identifiers") ?? [];
        if (identifiers.Count > MostIdentifiers || identifiers.Exists(text => text.Length > Longest)) throw Problem.BadInput("identifiers", $"must be at most {MostIdentifiers} of at most {Longest} characters.");
        return new ScreeningQuery(name, context.GetArgument<NameKind?>("kind") ?? NameKind.Unknown)
        {
            Days = context.GetArgument<string?>("birthDate") is not { } day ? [] : [PartialDay.Parse(day) ?? throw Problem.BadInput("birthDate", "must be YYYY, YYYY-MM or YYYY-MM-DD.")],
            Countries = country is null ? [] : [country],
            Identifiers = [.. identifiers.Select(text => IdentifierSchemes.ReadTagged(text).In(country)).Where(reading => reading.IsUsable)],
        };
    }
}
