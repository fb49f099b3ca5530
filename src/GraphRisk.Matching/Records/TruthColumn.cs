using System.Text;

namespace GraphRisk.Matching.Records;

/// <summary>Reads the truth, as a number of the entity for each record.</summary>
internal static class TruthColumn
{
    private const char Between = '\u001f';

    /// <summary>The entities.</summary>
    /// <exception cref="InvalidDataException">A column is not there, or nothing joins file and inputs.</exception>
    public static int[] Read(RawTable table, TruthOptions options, CancellationToken cancellation)
    {
        if (options.File is null)
            return Entities(table, Require(table, options.Column, $"the inputs have no column '{options.Column}'"), options);
        var file = RecordReader.ReadRaw([options.File], 1, cancellation);
        var column = Require(file, options.Column, $"{options.File}: there is no column '{options.Column}'");
        var joins = file.Columns.Where(other => other != column).Select(other => (Of: other, In: table.Find(other.Name))).Where(pair => pair.In is not null).ToList();
        if (joins.Count == 0)
            throw new InvalidDataException($"{options.File}: no column but '{options.Column}' is one of the inputs' too; there are {Names(file)}, and in the inputs {Names(table)}.");
        var entities = Entities(file, column, options);
        var byKey = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < file.Count; row++) byKey[Key(joins.Select(pair => pair.Of), row)] = entities[row];
        var found = new int[table.Count];
        for (var record = 0; record < found.Length; record++) found[record] = byKey.GetValueOrDefault(Key(joins.Select(pair => pair.In!), record), -1);
        return Array.TrueForAll(found, entity => entity < 0)
            ? throw new InvalidDataException($"{options.File}: none of its rows names a record of the inputs by {string.Join(", ", joins.Select(pair => pair.Of.Name))}.")
            : found;
    }

    private static RawColumn Require(RawTable table, string name, string missing) =>
        table.Find(name) ?? throw new InvalidDataException($"{missing}; there are {Names(table)}.");

    private static int[] Entities(RawTable table, RawColumn column, TruthOptions options)
    {
        var numbers = new int[column.Values.Count];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var value = 0; value < numbers.Length; value++)
        {
            if (options.Pattern is null)
            {
                numbers[value] = value;
                continue;
            }

            var match = options.Pattern.Match(column.Values.Text(value));
            var name = match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
            numbers[value] = !match.Success ? -1 : known.TryGetValue(name, out var number) ? number : known[name] = known.Count;
        }

        var entities = new int[table.Count];
        for (var record = 0; record < entities.Length; record++) entities[record] = column.Of(record) is [var value, ..] ? numbers[value] : -1;
        return Array.TrueForAll(entities, entity => entity < 0)
            ? throw new InvalidDataException($"'{options.Pattern}' matches no value of {column.Name}.")
            : entities;
    }

    private static string Key(IEnumerable<RawColumn> columns, int record)
    {
        var key = new StringBuilder();
        foreach (var column in columns)
        {
            if (column.Of(record) is [var value, ..]) key.Append(column.Values.Text(value));
            key.Append(Between);
        }

        return key.ToString();
    }

    private static string Names(RawTable table) => string.Join(", ", table.Columns.Select(column => column.Name));
}
