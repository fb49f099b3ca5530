using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>
/// The files of an import: for each label or relationship type (with the labels of its ends) one, made when it gets its
/// first row. The columns are the properties under which the store itself writes, in one table here.
/// </summary>
internal sealed class CsvFolder(string path, SchemaCatalog catalog) : IDisposable
{
    /// <summary>The columns of <see cref="StoredProperties.Names"/>.</summary>
    private static readonly string[] OfRecording =
    [
        "_seq:long", "_first:long", "_version:long", "_from:long", "_to:long", "_source:string", "_record:string",
        "_reliability:string", "_span:string", "_json:string",
    ];

    private readonly SortedDictionary<string, (string Label, CsvFile File)> nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (string Type, CsvFile File)> relationships = new(StringComparer.Ordinal);

    /// <summary>Files of nodes with their labels, by name.</summary>
    public IEnumerable<(string Label, CsvFile File)> Nodes => nodes.Values;

    /// <summary>Files of relationships with their types, by name.</summary>
    public IEnumerable<(string Type, CsvFile File)> Relationships => relationships.Values;

    /// <summary>Bytes of all files.</summary>
    public long Bytes => Nodes.Concat(Relationships).Sum(entry => entry.File.Bytes);

    /// <summary>Nodes of a type: key, what orders the facts shown, recording, fields, caption where no field is one.</summary>
    public CsvFile NodesOf(NodeType type) => Of(nodes, type.Name, type.Name, () =>
        [$"key:ID({type.Name})", "_shown:long", .. OfRecording, .. Shown(type)]);

    /// <summary>Relationships of a type between nodes of two types.</summary>
    public CsvFile RelationshipsOf(string type, string from, string to) => Of(relationships, $"{type}-{from}-{to}", type, () =>
    [
        $":START_ID({from})", $":END_ID({to})", "_fact:string", "_key:string", .. OfRecording,
        .. catalog.Relationship(type).Fields.Select(CsvFile.ColumnOf),
    ]);

    /// <summary>Further facts on nodes of a type.</summary>
    public CsvFile StatementsOf(NodeType type) => Of(nodes, $"Statement-{type.Name}", "Statement", () =>
        ["_fact:string", "_node:string", "_type:string", .. OfRecording, .. Shown(type)]);

    /// <summary>Recordings that later ones replaced or retracted, and retractions.</summary>
    public CsvFile Former => Of(nodes, "Former", "Former", () =>
        ["_fact:string", .. OfRecording, "_kind:string", "_closed:long", "_type:string", "_relationship:boolean", "_element:string", "_node:string", "_end:string"]);

    /// <summary>Identifiers in the world.</summary>
    public CsvFile Identifiers => Of(nodes, "Identifier", "Identifier", () => ["key:ID(Identifier)"]);

    /// <summary>Sets of changes.</summary>
    public CsvFile ChangeSets => Of(nodes, "ChangeSet", "ChangeSet", () =>
        ["id:string", "author:string", "recordedAt:long", "version:long", "lastSequence:long"]);

    /// <summary>The newest version.</summary>
    public CsvFile State => Of(nodes, "StoreState", "StoreState", () =>
        ["id:string", "version:long", "sequence:long", "recordedAt:long", "format:long", "schema:string[]"]);

    /// <summary>Ties of nodes of a type to identifiers.</summary>
    public CsvFile IdentifiedBy(string type) => Of(relationships, $"IDENTIFIED_BY-{type}", "IDENTIFIED_BY", () =>
        [$":START_ID({type})", ":END_ID(Identifier)"]);

    /// <summary>Writes the columns of a recording, or leaves them empty.</summary>
    public static void Put(CsvFile file, Recording? recording, bool withContent)
    {
        var values = new object?[StoredProperties.Names.Length];
        if (recording is not null) StoredProperties.Fill(values, recording, withContent);
        foreach (var value in values) file.Put(value);
    }

    /// <summary>Writes the columns of a type's fields and of its caption.</summary>
    public static void Put(CsvFile file, ElementType type, IReadOnlyDictionary<string, object?> values)
    {
        foreach (var field in type.Fields) file.Put(values.GetValueOrDefault(field.Name));
        if (type is NodeType node && NativeProperties.HasCaption(node)) file.Put(NativeProperties.CaptionOf(node, values));
    }

    public void Dispose()
    {
        foreach (var (_, file) in Nodes.Concat(Relationships)) file.Dispose();
    }

    private static IEnumerable<string> Shown(NodeType type) =>
        type.Fields.Select(CsvFile.ColumnOf).Concat(NativeProperties.HasCaption(type) ? [$"{NativeProperties.CaptionName}:string"] : []);

    private CsvFile Of(SortedDictionary<string, (string Label, CsvFile File)> files, string name, string label, Func<IEnumerable<string>> columns)
    {
        if (!files.TryGetValue(name, out var entry)) files.Add(name, entry = (label, new CsvFile(path, name, columns())));
        return entry.File;
    }
}
