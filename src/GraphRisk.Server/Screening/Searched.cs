using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Screening;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Screening;

/// <summary>
/// What of the lists a question was held against, so that finding nobody is never taken for there being nobody. It is told from the viewer's own
/// snapshot and from what its role may seek; how many entries there are of whom it may not seek is not told.
/// </summary>
/// <param name="Entries">Entries whose names the viewer may seek, whoever they are.</param>
/// <param name="Note">What was not searched, and why; null where all was and there was something.</param>
internal sealed record Searched(int Entries, string? Note)
{
    /// <summary>What a viewer's question to lists searches.</summary>
    public static Searched Of(Viewer viewer, GraphView view, ScreeningIndex lists)
    {
        var types = view.Snapshot.Catalog.NodeTypes.Where(type => type.IsParty).Select(type => (Type: type, Reach: OpenEvidence.NamesOf(viewer, type))).ToList();
        var open = types.Where(one => one.Reach == NameReach.All).Select(one => one.Type.Name).ToHashSet(StringComparer.Ordinal);
        var count = lists.Entries.Count(entry => NodeId.TryParse(entry.Id, out var id) && open.Contains(id.Type));
        var notes = types.Select(one => NoteOf(one.Type, one.Reach)).OfType<string>().ToList();
        if (count == 0) notes.Insert(0, FormattableString.Invariant($"No entry of a list in force on {view.Snapshot.Stamp.AsOfDay:yyyy-MM-dd} that you may search by name: that nobody is found says nothing."));
        return new Searched(count, notes.Count == 0 ? null : string.Join(' ', notes));
    }

    private static string? NoteOf(NodeType type, NameReach reach) => reach switch
    {
        NameReach.Own => $"Of type {type.Name} only your own were searched: the names of others are not open to you.",
        NameReach.NeedsPurpose => $"None of type {type.Name} were searched: their names are open for a declared purpose only.",
        NameReach.None => $"None of type {type.Name} were searched: their names are not open to you.",
        _ => null,
    };
}

/// <summary>A page of hits, with what was searched.</summary>
internal sealed record ScreeningPage : Page
{
    public ScreeningPage(Page page, Searched searched)
        : base(page) => Searched = searched;

    public Searched Searched { get; }
}

/// <summary>A page of parties with news, with what was searched.</summary>
internal sealed record ScreeningNewsPage : Page
{
    public ScreeningNewsPage(Page page, Searched searched, int? looked, int? passedOver)
        : base(page) => (Searched, Looked, PassedOver) = (searched, looked, passedOver);

    public Searched Searched { get; }

    /// <summary>Parties looked at; null to whom it would tell how many clients the market has.</summary>
    public int? Looked { get; }

    /// <summary>Parties passed over since they are nobody's clients; null to whom it would tell how many there are.</summary>
    public int? PassedOver { get; }
}
