using System.Collections.Immutable;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Names of a snapshot's sections, and a snapshot out of named sections. Names follow the schema
/// (<c>node/Person/name/heap</c>, <c>relationship/HOLDS/out/targets</c>); a column that no element has is left out, and so
/// is a relationship that no nodes have.
/// </summary>
internal static class SnapshotLayout
{
    /// <summary>Every section with its name, in an order that depends on the schema alone.</summary>
    public static IEnumerable<(string Name, Section Section)> Sections(Snapshot snapshot)
    {
        var (catalog, nodes, members) = (snapshot.Catalog, snapshot.Nodes, snapshot.Nodes.Members);
        yield return ("nodes/types", nodes.Types);
        yield return ("nodes/rows", nodes.Rows);
        yield return ("members/starts", members.NodeStarts);
        yield return ("members/nodes", members.MemberNodes);
        yield return ("members/types", members.MemberTypes);
        yield return ("members/first-named", members.FirstNamed);
        yield return ("members/key-starts", members.KeyStarts);
        yield return ("members/keys", members.Heap);
        yield return ("members/slots", members.Slots);
        foreach (var type in catalog.NodeTypes)
        {
            yield return ($"node/{type.Name}", nodes.NodesOfType[type.Ordinal]);
            foreach (var part in ColumnParts($"node/{type.Name}", nodes.Columns[type.Ordinal].Values)) yield return part;
            foreach (var history in nodes.Columns[type.Ordinal].Series)
                foreach (var (name, section) in history?.Parts ?? [])
                    yield return ($"node/{type.Name}/{history!.Field.Name}/series/{name}", section);
        }

        foreach (var table in snapshot.Relationships.Where(table => table.Count > 0))
        {
            var path = $"relationship/{table.Type.GraphName}";
            yield return ($"{path}/out/offsets", table.Out.OffsetSection);
            yield return ($"{path}/out/targets", table.Out.TargetSection);
            yield return ($"{path}/in/offsets", table.In.OffsetSection);
            yield return ($"{path}/in/targets", table.In.TargetSection);
            yield return ($"{path}/in/edges", table.InEdgeSection);
            foreach (var part in ColumnParts(path, table.Columns)) yield return part;
        }
    }

    /// <summary>Bytes of all sections: what a snapshot takes in memory, but for little.</summary>
    public static long BytesOf(Snapshot snapshot) => Sections(snapshot).Sum(one => one.Section.ByteLength);

    /// <summary>The snapshot that consists of the sections of a source.</summary>
    public static Snapshot Read(SchemaCatalog catalog, SnapshotStamp stamp, ISectionSource source)
    {
        var members = new MemberTable(catalog)
        {
            NodeStarts = source.Get<int>("members/starts"),
            MemberNodes = source.Get<int>("members/nodes"),
            MemberTypes = source.Get<byte>("members/types"),
            FirstNamed = source.Get<long>("members/first-named"),
            KeyStarts = source.Get<int>("members/key-starts"),
            Heap = source.Get<byte>("members/keys"),
            Slots = source.Get<int>("members/slots"),
        };
        var nodes = new NodeTable(
            catalog, source.Get<byte>("nodes/types"), source.Get<int>("nodes/rows"),
            [.. catalog.NodeTypes.Select(type => source.Get<int>($"node/{type.Name}"))],
            [.. catalog.NodeTypes.Select(type => ReadColumns(type, source))], members);
        var zeros = new Section<int>(new int[nodes.Count + 1]);
        return new Snapshot(catalog, stamp, nodes, [.. catalog.RelationshipTypes.Select(type => ReadRelationship(type, source, zeros))]);
    }

    private static IEnumerable<(string Name, Section Section)> ColumnParts(string path, ImmutableArray<Column?> columns) =>
        columns.OfType<Column>().SelectMany(column =>
            column.Parts.Select(part => ($"{path}/{column.Field.Name}/{part.Name}", part.Section)));

    private static NodeColumns ReadColumns(NodeType type, ISectionSource source) => new(
        [.. type.Fields.Select(field => ReadColumn(field, $"node/{type.Name}/{field.Name}", source))],
        [.. type.Fields.Select(field => ReadSeries(field, $"node/{type.Name}/{field.Name}/series", source))]);

    private static RelationshipTable ReadRelationship(RelationshipType type, ISectionSource source, Section<int> zeros)
    {
        var path = $"relationship/{type.GraphName}";
        if (!source.Has($"{path}/in/edges")) return RelationshipTable.Empty(type, zeros);
        return new RelationshipTable(
            type,
            new Csr(source.Get<int>($"{path}/out/offsets"), source.Get<int>($"{path}/out/targets")),
            new Csr(source.Get<int>($"{path}/in/offsets"), source.Get<int>($"{path}/in/targets")),
            source.Get<int>($"{path}/in/edges"),
            [.. type.Fields.Select(field => ReadColumn(field, $"{path}/{field.Name}", source))]);
    }

    private static SeriesColumn? ReadSeries(Field field, string path, ISectionSource source) =>
        source.Has($"{path}/days")
            ? new SeriesColumn(field, source.Get<int>($"{path}/rows"), source.Get<int>($"{path}/days"), source.Get<decimal>($"{path}/values"))
            : null;

    private static Column? ReadColumn(Field field, string path, ISectionSource source)
    {
        Column? Fixed<T>(ColumnFormat<T> format)
            where T : unmanaged, IEquatable<T> =>
            source.Has($"{path}/values") ? format.Column(field, source.Get<T>($"{path}/values")) : null;

        return field.Kind switch
        {
            FieldKind.Decimal => Fixed(ColumnFormats.Decimal),
            FieldKind.Integer => Fixed(ColumnFormats.Integer),
            FieldKind.DateTime => Fixed(ColumnFormats.DateTime),
            FieldKind.Date => Fixed(ColumnFormats.Date),
            FieldKind.Boolean => Fixed(ColumnFormats.Boolean),
            FieldKind.Enum => Fixed(ColumnFormats.Enum),
            _ when !source.Has($"{path}/heap") => null,
            FieldKind.String => new StringColumn(field, source.Get<int>($"{path}/starts"), source.Get<byte>($"{path}/heap")),
            _ => new StringListColumn(
                field, source.Get<int>($"{path}/rows"), source.Get<int>($"{path}/starts"), source.Get<byte>($"{path}/heap")),
        };
    }
}

/// <summary>Gives sections by name.</summary>
internal interface ISectionSource
{
    /// <summary>Whether there is a section of that name.</summary>
    bool Has(string name);

    /// <summary>The section of that name.</summary>
    /// <exception cref="SnapshotFileException">There is none, or it holds other values.</exception>
    Section<T> Get<T>(string name)
        where T : unmanaged;
}
