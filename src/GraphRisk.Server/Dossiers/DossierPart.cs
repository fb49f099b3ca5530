using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Exposure;
using GraphRisk.Server.Links;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Score;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Dossiers;

/// <summary>A dossier: the party, or those whom the question fits.</summary>
/// <param name="View">What the viewer may know.</param>
/// <param name="Party">The party; null where several fit.</param>
/// <param name="Candidates">Those that fit where they are several.</param>
internal sealed record DossierOf(GraphView View, NodeHandle? Party, IReadOnlyList<NodeHandle> Candidates) : IAboutSubject
{
    public string? Subject => Party?.Subject;
}

/// <summary>A part that is not open to who asks.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Code">Code of the refusal.</param>
/// <param name="Why">In words.</param>
/// <param name="Opens">What would open it; null where nothing would.</param>
/// <param name="Purposes">Purposes for which it is open; empty where that is not what is lacking.</param>
internal sealed record RefusedPart(string Part, string Code, string Why, string? Opens, IReadOnlyList<string> Purposes);

/// <summary>
/// What a know-your-client page shows of a client or an applicant, in one question: <c>dossier</c>. It puts together what other questions answer, in their types and by their
/// rules, and defines nothing of its own; parts that are not open are null like everywhere, with an error that says why, and <c>refused</c> names them beforehand.
/// An applicant is found as <see cref="SearchPart"/> finds: by what the viewer may search, so that asking by a number tells nobody whose it is.
/// </summary>
internal sealed class DossierPart(GraphSession session, Lookup lookup, SearchPart search, ExposurePart exposure, ScorePart scores, AccessGrounds grounds) : ISchemaPart
{
    private const int MostCandidates = 20;

    private static readonly FieldAccess Confidential = FieldAccess.Reads(Sensitivity.Confidential);
    private static readonly FieldAccess Score = Confidential.Needs(AuthorisationScope.Score);
    private static readonly FieldAccess Facts = Confidential.Needs(AuthorisationScope.Facts);

    private FieldAccess Of(string relationship) => FieldAccess.Reads(session.Catalog.Relationship(relationship).Level);

    /// <summary>The parts with what each reads: what is on the page is what is asked of the policy.</summary>
    private (string Part, FieldAccess Access)[] Parts =>
    [
        ("identity", FieldAccess.Reads(session.Catalog.Node("Person").GetField("name"))), ("records", FieldAccess.Reads(session.Catalog.DerivedTypes.Single(type => type.Name == "SourceRecord").Level)),
        ("contracts", Of("CONTRACTED")), ("links", Confidential), ("exposure", Confidential), ("lists", Of("LISTED_AS")), ("score", Score), ("marketFacts", Facts), ("authorisations", Of("AUTHORISED_BY")),
    ];

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "Dossier", "What a know-your-client page shows of a client or an applicant. Identity, records and whatever else is told of a party are read from 'party'.",
            Fields.Of<DossierOf>("party", "Party", FieldAccess.Structure, "The party; null where several fit.", one => one.Party),
            Fields.Of<DossierOf>("candidates", "[Party!]!", FieldAccess.Structure, $"Those that fit where they are several, at most {MostCandidates}: ask by id.", one => one.Candidates),
            Fields.Of<DossierOf>("isClient", "Boolean", FieldAccess.Structure, "It is the asking broker's client; of others who ask, any broker's. Null where several fit.", IsClient),
            Fields.Of<DossierOf>("contracts", "[Contract!]", Of("CONTRACTED"), "Its contracts that you may know of.", one => Along(one, "CONTRACTED", forward: true)),
            Fields.Of<DossierOf>("links", "LinkedParties", Confidential, "Who is linked to it.", (one, context) => one.Party is { } party ? LinksPart.Answer(party, context) : null, LinksPart.Arguments),
            Fields.Of<DossierOf>("exposure", "LinkedExposure", Confidential, "What the broker is exposed to in it and in all linked to it; refused of who is not its client.", (one, context) => one.Party is { } party ? exposure.Of(party, context) : null,
                TypeExpression.Argument("broker", "ID", "Code or id of the broker; null for the one a token was given to.")),
            Fields.Of<DossierOf>("lists", "[Listing!]", Of("LISTED_AS"), "Entries on lists that are in force on the day.", one => one.Party is { } party ? party.View.Market().Records.EntriesInForce(party.Number).Select(entry => party.At(entry.Entry)) : null),
            Fields.Resolved("score", "CreditScore", Score, "Its score. A broker needs its authorisation.", async context => ((DossierOf)context.Source!).Party is { } party ? await scores.ScoreAsync(party, context) : null),
            Fields.Of<DossierOf>("authorisations", "[Authorisation!]", Of("AUTHORISED_BY"), "What it lets whom learn, as far as you may know.", one => Along(one, "AUTHORISED_BY", forward: false)),
            Fields.Resolved("refused", "[RefusedPart!]!", FieldAccess.Structure, "Parts that are not open to you, and why.", async context => await RefusedAsync((DossierOf)context.Source!, context)),
            Fields.Of<DossierOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "RefusedPart", "A part of a dossier that is not open to who asks.",
            Fields.Of<RefusedPart>("part", "String!", FieldAccess.Structure, "identity (in the clear), records, contracts, links, exposure, lists, score, marketFacts, authorisations.", one => one.Part),
            Fields.Of<RefusedPart>("code", "String!", FieldAccess.Structure, "Code of the refusal.", one => one.Code),
            Fields.Of<RefusedPart>("why", "String!", FieldAccess.Structure, "The refusal in words.", one => one.Why),
            Fields.Of<RefusedPart>("opens", "String", FieldAccess.Structure, "What would open it.", one => one.Opens),
            Fields.Of<RefusedPart>("purposes", "[String!]!", FieldAccess.Structure, "Purposes for which it is open to your role, where yours is not among them.", one => one.Purposes)));
        parts.Query.AddField(Fields.Resolved(
            "dossier", "Dossier", FieldAccess.Structure,
            "What a know-your-client page shows of a client, or of an applicant who is nobody's client yet: by id, by an identifier or by its whole name, of what you may know.",
            ResolveAsync,
            BitemporalArguments.And(
                TypeExpression.Argument("client", "ID", "The party; null for the one a token was given to."),
                TypeExpression.Argument("identifier", "String", "In place of it an identifier, whole, that you may search by."),
                TypeExpression.Argument("name", "String", "In place of it its whole name, also a former or traditional one."))));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var (id, identifier, name) = (context.GetArgument<string?>("client"), context.GetArgument<string?>("identifier"), context.GetArgument<string?>("name"));
        if (new[] { id, identifier, name }.Count(given => given is not null) > 1) throw Problem.BadInput("client", "or 'identifier' or 'name' is to be given, and only one of them.");
        var (viewer, view) = (context.Viewer(), await session.ViewAsync(context));
        if ((identifier ?? name) is not { } sought)
        {
            var client = id ?? (viewer.Role == Role.Client ? viewer.Of : null) ?? throw Problem.BadInput("client", "or 'identifier' or 'name' is needed: your token was not given to a client.");
            return new DossierOf(view, lookup.Node(view, viewer, "client", client, SchemaCatalog.Party), []);
        }

        string[] types = [.. session.Catalog.NodeTypes.Where(type => type.IsParty).Select(type => type.Name)];
        var found = await search.NodesAsync(identifier is null ? "name" : "identifier", sought, types, [identifier is null ? SearchMatch.Exact : SearchMatch.Identifier], view, context);
        return found.Count switch
        {
            0 => throw Problem.NotFound(identifier is null ? "party of this name that you may know of" : "party of this identifier that you may search by"),
            1 => new DossierOf(view, found[0], []),
            _ => new DossierOf(view, null, [.. found.Take(MostCandidates)]),
        };
    }

    private static object? IsClient(DossierOf one, IResolveFieldContext context)
    {
        if (one.Party is not { } party) return null;
        var brokers = party.View.Snapshot.Relationship("CLIENT_OF").Out.Neighbours(party.Number);
        return context.Viewer() is { Role: Role.Broker, Of: { } own } ? Graph.Facts.NodeId.TryParse(own, out var id) && brokers.Contains(party.View.Snapshot.Nodes.Find(id)) : !brokers.IsEmpty;
    }

    private static NodeHandle[]? Along(DossierOf one, string relationship, bool forward)
    {
        if (one.Party is not { } party) return null;
        var table = party.View.Snapshot.Relationship(relationship);
        return (forward ? table.Out : table.In).Neighbours(party.Number).ToArray().Distinct().Select(party.At).ToArray();
    }

    private async Task<IReadOnlyList<RefusedPart>> RefusedAsync(DossierOf one, IResolveFieldContext context)
    {
        if (one.Party is not { } party) return [];
        var (request, refused) = (RequestContext.Of(context), new List<RefusedPart>());
        foreach (var (part, access) in Parts)
        {
            var kind = access.Kind ?? ValueKind.Other;
            var decision = await grounds.DecideAsync(request, access, kind, party.Subject, context.CancellationToken);
            if (decision.Code is null && part == "exposure") decision = ExposurePart.Decide(request.Viewer, null, lookup);
            if (decision.Code is { } code)
                refused.Add(new RefusedPart(part, code, AccessDenied.Of(decision, $"Dossier.{part}", access.Scope).Message, decision.Row?.OpenedBy is { Length: > 0 } opens ? opens : null, [.. decision.Purposes]));
        }

        return refused;
    }
}
