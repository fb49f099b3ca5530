using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace GraphRisk.Server.Search;

/// <summary>Which texts of the index a search may find, as a filter.</summary>
internal static class SearchScope
{
    /// <summary>Own nodes of a client whose texts are searched; Lucene takes 1,024 alternatives.</summary>
    private const int MostOwn = 1_000;

    /// <summary>The texts that are believed at the request's version and instant, of its types, as far as its entitlement covers them.</summary>
    public static QueryWrapperFilter Of(SchemaCatalog catalog, SearchRequest request)
    {
        var scope = new BooleanQuery
        {
            { NumericRangeQuery.NewInt64Range(IndexedText.Known, null, request.AtVersion, true, true), Occur.MUST },
            { NumericRangeQuery.NewInt64Range(IndexedText.Since, null, request.AsOf.ToUnixTimeMilliseconds(), true, true), Occur.MUST },
            { new ConstantScoreQuery(FieldCacheRangeFilter.NewInt64Range(IndexedText.Superseded, request.AtVersion, null, false, true)), Occur.MUST },
        };
        if (request.Types is { } types)
        {
            var any = new BooleanQuery();
            foreach (var type in types) any.Add(new TermQuery(new Term(IndexedText.Type, type)), Occur.SHOULD);
            scope.Add(any, Occur.MUST);
        }

        if (!request.Entitlement.IsWhole) scope.Add(Entitled(catalog, request), Occur.MUST);
        return new QueryWrapperFilter(scope);
    }

    /// <summary>The texts an entitlement covers, as <see cref="Snapshot.Covers"/> has it for node facts.</summary>
    private static BooleanQuery Entitled(SchemaCatalog catalog, SearchRequest request)
    {
        var types = new BooleanQuery();
        foreach (var type in catalog.NodeTypes.Where(type => type.Level <= request.Entitlement.OpenLevel))
            types.Add(new TermQuery(new Term(IndexedText.Type, type.Name)), Occur.SHOULD);
        var entitled = new BooleanQuery
        {
            { new BooleanQuery { { new TermQuery(new Term(IndexedText.Owner, "")), Occur.MUST }, { types, Occur.MUST } }, Occur.SHOULD },
        };
        if (request.Entitlement.Broker is { } broker) entitled.Add(new TermQuery(new Term(IndexedText.Owner, broker)), Occur.SHOULD);
        foreach (var node in request.Own.Where(node => IndexedText.Has(catalog.Node(node.Type))).Take(MostOwn)) entitled.Add(new TermQuery(new Term(IndexedText.Node, node.ToString())), Occur.SHOULD);
        return entitled;
    }
}
