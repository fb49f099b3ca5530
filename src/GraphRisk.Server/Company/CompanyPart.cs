using GraphQL;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Company;

/// <summary>Companies by id, unified social credit code or name.</summary>
internal sealed class CompanyPart(GraphSession session, SearchIndex search, Lookup lookup, NodeIds ids) : ISchemaPart
{
    public void AddTo(SchemaParts parts) => parts.Query.AddField(Fields.Resolved(
        "company", "Company", FieldAccess.Structure,
        "A company by id, by unified social credit code, or by any name a source gives it; exactly one of them.",
        ResolveAsync,
        BitemporalArguments.And(
            TypeExpression.Argument("id", "ID", "Global id."),
            TypeExpression.Argument("uscc", "String", "Unified social credit code of 18 characters."),
            TypeExpression.Argument("name", "String", "Whole name, also a former or traditional one; refused where several companies have it."))));

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var (id, uscc, name) = (context.GetArgument<string?>("id"), context.GetArgument<string?>("uscc"), context.GetArgument<string?>("name"));
        if (new[] { id, uscc, name }.Count(argument => argument is not null) != 1)
            throw Problem.BadInput("id", "or 'uscc' or 'name' must be given, and only one of them.");
        var view = await session.ViewAsync(context);
        if (id is not null) return lookup.Node(view, context.Viewer(), "id", id, "Company");
        var records = uscc is not null
            ? await session.Store.FindByIdentifierAsync("USCC", uscc.Trim().ToUpperInvariant(), view.Version, context.CancellationToken)
            : await NamedAsync(name!, view, context.CancellationToken);
        var found = records.Select(view.Snapshot.Nodes.Find).Where(node => node >= 0).Distinct()
            .Where(node => view.Snapshot.Nodes.TypeOf(node).Name == "Company").ToList();
        return found.Count switch
        {
            0 => throw Problem.NotFound(uscc is not null ? "company of this code" : "company of this name"),
            1 => new NodeHandle(view, found[0]),
            _ => throw Several(view, context.Viewer(), found),
        };
    }

    private async ValueTask<IReadOnlyList<Graph.Facts.NodeId>> NamedAsync(string name, GraphView view, CancellationToken cancellation)
    {
        var request = new SearchRequest(name, view.Snapshot) { Types = ["Company"], Ways = [SearchMatch.Exact] };
        return [.. (await search.FindAsync(session.Store, request, cancellation)).Select(hit => hit.Node)];
    }

    private TypedError Several(GraphView view, Viewer viewer, List<int> found) => new(
        Problem.BadInputCode, $"{found.Count} companies have this name or code; ask by id.",
        ("ids", found.Take(20).Select(node => ids.Of(viewer, view.Snapshot.Nodes.IdOf(node))).ToArray()));
}
