using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Small integers for what recurs in every fact: types, sources with their reliability, fields, and names of
/// enumerations. The tables only grow; a session reads on from what it knows when it meets a number it does not.
/// </summary>
internal sealed class Dictionaries
{
    private readonly Session session;
    private readonly SchemaCatalog catalog;

    public Dictionaries(Session session, SchemaCatalog catalog)
    {
        this.session = session;
        this.catalog = catalog;
        Types = new NumberedTable<string, StoredType>(
            session, "type", "name", ReadType, (statement, name) => statement.Bind(2, name));
        Origins = new NumberedTable<StoredOrigin, StoredOrigin>(
            session, "origin", "source, reliability", ReadOrigin,
            (statement, origin) => statement.Bind(2, origin.Source).Bind(3, PropertyText.Of(PropertyValue.Of(origin.Reliability))));
        Fields = new NumberedTable<StoredFieldKey, StoredField>(
            session, "field", "type, field, kind", ReadField,
            (statement, key) => statement.Bind(2, key.Type).Bind(3, key.Field).Bind(4, key.Kind.ToString()));
        Names = new NumberedTable<string, string>(
            session, "name", "text", statement => (statement.Text(1), statement.Text(1)), (statement, name) => statement.Bind(2, name));
    }

    /// <summary>The schema.</summary>
    public SchemaCatalog Catalog => catalog;

    /// <summary>Node types and relationship names.</summary>
    public NumberedTable<string, StoredType> Types { get; }

    /// <summary>Sources, each with the reliability it was given.</summary>
    public NumberedTable<StoredOrigin, StoredOrigin> Origins { get; }

    /// <summary>Fields that any fact has used.</summary>
    public NumberedTable<StoredFieldKey, StoredField> Fields { get; }

    /// <summary>Names of enumerations.</summary>
    public NumberedTable<string, string> Names { get; }

    /// <summary>Forgets what was read, after a transaction that added to it was undone.</summary>
    public void Forget()
    {
        Types.Forget();
        Origins.Forget();
        Fields.Forget();
        Names.Forget();
    }

    private (string, StoredType) ReadType(Statement statement)
    {
        var name = statement.Text(1);
        var (node, relationship) = (catalog.FindNode(name), catalog.FindRelationship(name));
        return (name, new StoredType(node?.Name ?? relationship?.GraphName ?? name, (ElementType?)node ?? relationship));
    }

    private static (StoredOrigin, StoredOrigin) ReadOrigin(Statement statement)
    {
        var origin = new StoredOrigin(statement.Text(1), decimal.Parse(statement.Text(2), CultureInfo.InvariantCulture));
        return (origin, origin);
    }

    private (StoredFieldKey, StoredField) ReadField(Statement statement)
    {
        var key = new StoredFieldKey(statement.Text(1), statement.Text(2), Enum.Parse<FieldKind>(statement.Text(3)));
        var type = (ElementType?)catalog.FindNode(key.Type) ?? catalog.FindRelationship(key.Type);
        return (key, new StoredField(type?.FindField(key.Field)?.Name ?? key.Field, key.Kind, type?.FindField(key.Field)?.Kind == key.Kind));
    }
}

/// <summary>A type as stored.</summary>
/// <param name="Name">Its name, the catalog's own object where the catalog knows it.</param>
/// <param name="Type">The type in the catalog; null where it has gone.</param>
internal sealed record StoredType(string Name, ElementType? Type);

/// <summary>A source with the reliability it was given.</summary>
internal sealed record StoredOrigin(string Source, decimal Reliability);

/// <summary>A field of a type.</summary>
internal readonly record struct StoredFieldKey(string Type, string Field, FieldKind Kind);

/// <summary>A field as stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Kind of the values stored.</param>
/// <param name="Known">Whether the catalog still has the field with this kind.</param>
internal sealed record StoredField(string Name, FieldKind Kind, bool Known);
