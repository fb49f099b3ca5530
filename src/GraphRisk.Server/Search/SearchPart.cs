using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Search;

/// <summary>
/// Search by name, identifier and text. A hit counts only where the viewer may read the matched field in the clear or
/// masked as one of its own; searching what one may not read would be reading it by guessing.
/// </summary>
internal sealed class SearchPart(GraphSession session, SearchIndex index, IStandings standings, Pager pager) : ISchemaPart
{
    /// <summary>Steps of one search: every tier is asked for its best hits.</summary>
    private const int StepsOfSearch = 200_000;

    /// <summary>Longest text that is looked for.</summary>
    private const int Longest = 200;

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "SearchMatch", "How a text was found, best first.",
            ("IDENTIFIER", SearchMatch.Identifier, "An identifier, contract, account or case number, whole."),
            ("EXACT", SearchMatch.Exact, "The whole text, but for case, width, accents, traditional characters, spaces and punctuation."),
            ("PREFIX", SearchMatch.Prefix, "The beginning of the text."),
            ("PINYIN", SearchMatch.Pinyin, "The whole pinyin of a Chinese text."),
            ("PINYIN_PREFIX", SearchMatch.PinyinPrefix, "The beginning of the pinyin of a Chinese text."),
            ("WITHIN", SearchMatch.Within, "All characters of a Chinese text that was typed, in their order, with few others between; what stands in the legal form counts for less."),
            ("PINYIN_WITHIN", SearchMatch.PinyinWithin, "The pinyin, at least two syllables, of characters beside each other within a Chinese text."),
            ("INITIALS", SearchMatch.Initials, "The first letters of the pinyin syllables."),
            ("WORDS", SearchMatch.Words, "Most of the words, or pairs of Chinese characters.")));
        parts.Types.Add(Fields.Enum(
            "NodeKind", "Types of nodes.",
            session.Catalog.NodeTypes.Select(type => (ConstantCase(type.Name), type.Name, type.Description.Trim()))));
        parts.Types.AddRange(Connections.Of("Search", "Nodes found", "Node", (item, _) => ((Found)item).Node, EdgeFields()));
        parts.Query.AddField(Fields.Resolved(
            "search", "SearchConnection", FieldAccess.Structure,
            "Finds nodes by any name, identifier or text a source gives them, former ones too: Chinese in either script, by its beginning or from within, pinyin whole, in part or by initials, Latin. "
            + "Identifiers are found whole only, a security also by its code without the market. Of equal hits, nodes of which more records speak come first. "
            + "What the viewer may not read is not searched, nor are identifiers of others that it reads masked: a token that states a reason finds them. At most 500 hits of each kind of match are considered.",
            ResolveAsync,
            BitemporalArguments.And([
                TypeExpression.Argument("text", "String!", $"What to look for, at most {Longest} characters."),
                TypeExpression.Argument("types", "[NodeKind!]", "Types to look among; null for all."),
                .. PageRequest.Arguments])));
    }

    private static IEnumerable<FieldType> EdgeFields() =>
    [
        Fields.Of<Edge>("score", "Float!", FieldAccess.Structure, "0 to 1, falling with the kind of match, within a kind with the part of the text that was typed.",
            edge => ((Found)edge.Item).Hit.Score),
        Fields.Of<Edge>("match", "SearchMatch!", FieldAccess.Structure, "How it was found.", edge => ((Found)edge.Item).Hit.Match),
        Fields.Of<Edge>("field", "String!", FieldAccess.Structure, "Field in which it was found.", edge => ((Found)edge.Item).Hit.Field),
        Fields.Of<Edge>("text", "String", FieldAccess.Structure, "The text in which it was found, masked as its field is; prose is cut to 200 characters.",
            edge => ((Found)edge.Item).Shown),
    ];

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var text = context.GetArgument<string>("text").Trim();
        if (text.Length is 0 or > Longest) throw Problem.BadInput("text", $"must have 1 to {Longest} characters.");
        var view = await session.ViewAsync(context);
        var found = await FindAsync(new SearchRequest(text, view.Snapshot) { Types = context.GetArgument<List<string>?>("types") }, view, context);
        var page = pager.Cut(PageRequest.Of(context), view.Stamp, found, item => item.Node.Id.ToString());
        return page;
    }

    /// <summary>The nodes whose hits the viewer may search, best first.</summary>
    public async ValueTask<IReadOnlyList<NodeHandle>> NodesAsync(string argument, string text, IReadOnlyList<string> types, IReadOnlyList<SearchMatch> ways, GraphView view, IResolveFieldContext context)
    {
        if (text.Trim() is not { Length: > 0 and <= Longest } sought) throw Problem.BadInput(argument, $"must have 1 to {Longest} characters.");
        return [.. (await FindAsync(new SearchRequest(sought, view.Snapshot) { Types = [.. types], Ways = [.. ways] }, view, context)).Select(found => found.Node)];
    }

    private async ValueTask<List<Found>> FindAsync(SearchRequest request, GraphView view, IResolveFieldContext context)
    {
        context.Meter().Charge(StepsOfSearch);
        return await OpenAsync(await index.FindAsync(session.Store, request, context.CancellationToken), view, RequestContext.Of(context), context.CancellationToken);
    }

    /// <summary>The best hit of each node that the viewer may search.</summary>
    private async ValueTask<List<Found>> OpenAsync(
        IReadOnlyList<SearchHit> hits, GraphView view, RequestContext request, CancellationToken cancellation)
    {
        var nodes = view.Snapshot.Nodes;
        var seen = new HashSet<int>();
        var found = new List<Found>();
        foreach (var hit in hits)
        {
            var node = nodes.Find(hit.Node);
            if (node < 0 || seen.Contains(node)) continue;
            if (await ShownAsync(hit, new NodeHandle(view, node), request, cancellation) is not { } shown) continue;
            seen.Add(node);
            found.Add(new Found(new NodeHandle(view, node), hit, shown));
        }

        // Of hits that are as good, those of whom most is known; the order of the index, by node, stands behind.
        return [.. found.OrderByDescending(item => item.Hit.Score).ThenBy(item => item.Hit.Match).ThenByDescending(item => nodes.MembersOf(item.Node.Number).Length)];
    }

    /// <summary>The matched text as the viewer may see it; null where the viewer may not search it.</summary>
    private async ValueTask<string?> ShownAsync(SearchHit hit, NodeHandle node, RequestContext request, CancellationToken cancellation)
    {
        var field = session.Catalog.Node(hit.Node.Type).GetField(hit.Field);
        var standing = node.Subject is { } subject && AccessPolicy.DependsOnSubject(request.Viewer.Role)
            ? await standings.Of(request.Viewer, subject, cancellation) : Standing.Visible;
        var decision = AccessPolicy.Decide(request.Viewer, new AccessQuestion(standing, field.Level, FieldAccess.KindOf(field)));
        if (!decision.MayBeSought) return null;
        // Who reads an identifier of others masked would read it whole by finding it; one's own clients one knows by theirs.
        if (decision.Access == Access.Mask && standing != Standing.Own && (field.IdentifierScheme is not null || field.Unique)) return null;
        var text = hit.Text.Length <= Longest ? hit.Text : hit.Text[..Longest];
        if (field.Level >= AccessPolicy.Filed)
            request.Ledger.Record($"{node.Type.Name}.{field.Name}", node.Subject ?? ReadLedger.Unknown, decision.Revealed);
        return decision.Access == Access.Mask ? Masking.Apply(field, text) : text;
    }

    private static string ConstantCase(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));

    private sealed record Found(NodeHandle Node, SearchHit Hit, string Shown) : IAboutSubject
    {
        public string? Subject => Node.Subject;
    }
}
