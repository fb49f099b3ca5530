using System.Collections.Immutable;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Tests.Linkage;

/// <summary>Tables written in a test.</summary>
internal static class SmallTables
{
    /// <summary>A table of columns and rows; an empty cell says nothing, a bar parts several values.</summary>
    public static RecordTable Of((string Name, AttributeKind Kind)[] columns, IReadOnlyList<string[]> rows, IReadOnlyList<int>? keys = null, IReadOnlyList<string>? sourceOf = null)
    {
        var sources = (sourceOf ?? [.. rows.Select(_ => "file")]).Distinct().ToImmutableArray();
        return new RecordTable(
            [.. columns.Select((column, i) => Column(column.Name, column.Kind, [.. rows.Select(row => row[i])]))],
            [.. rows.Select((_, i) => $"{(keys is null ? i : keys[i])}")],
            sources,
            [.. rows.Select((_, i) => (byte)(sourceOf is null ? 0 : sources.IndexOf(sourceOf[i])))]);
    }

    /// <summary>People with errors, some of them twice, in households; who each record is about.</summary>
    public static (RecordTable Table, int[] Truth) People(int count, int seed)
    {
        var random = new Random(seed);
        string[] given = [.. Enumerable.Range(0, 60).Select(_ => Word(random, 5))], surnames = [.. Enumerable.Range(0, 80).Select(_ => Word(random, 7))];
        var (rows, truth) = (new List<string[]>(), new List<int>());
        for (var person = 0; rows.Count < count; person++)
        {
            string[] row = [given[random.Next(60)], surnames[random.Next(80)], $"19{random.Next(30, 99)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}", $"{random.Next(1, 200)} {Word(random, 6)} st", $"{random.Next(1000, 1300)}"];
            for (var copy = 0; copy < (person % 3 == 0 ? 2 : 1) && rows.Count < count; copy++)
            {
                rows.Add(copy == 0 ? row : [.. row.Select(cell => random.Next(12) == 0 ? Slip(cell, random) : random.Next(20) == 0 ? "" : cell)]);
                truth.Add(person);
            }
        }

        return (Of(PeopleColumns, rows), [.. truth]);
    }

    /// <summary>Columns of <see cref="People"/>.</summary>
    public static readonly (string, AttributeKind)[] PeopleColumns =
    [
        ("given", AttributeKind.GivenName), ("surname", AttributeKind.Surname), ("born", AttributeKind.BirthDate), ("address", AttributeKind.Address), ("postcode", AttributeKind.Postcode),
    ];

    /// <summary>The same records in another order, with the number each had before.</summary>
    public static (RecordTable Table, int[] Before) Shuffled(RecordTable table, int seed)
    {
        var before = Enumerable.Range(0, table.Count).ToArray();
        new Random(seed).Shuffle(before);
        var columns = table.Attributes.Select(attribute => (attribute.Name, attribute.Kind)).Reverse().ToArray();
        var rows = before.Select(record => table.Attributes.Reverse().Select(attribute => string.Join('|', attribute.Of(record).ToArray().Select(value => attribute.Texts[value]))).ToArray()).ToList();
        return (Of(columns, rows, [.. before.Select(record => int.Parse(table.Keys[record], System.Globalization.CultureInfo.InvariantCulture))]), before);
    }

    private static RecordAttribute Column(string name, AttributeKind kind, string[] cells)
    {
        var (numbers, texts, values, starts) = (new Dictionary<string, int>(), new List<string>(), new List<int>(), new List<int> { 0 });
        foreach (var cell in cells)
        {
            foreach (var text in cell.Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!numbers.TryGetValue(text, out var number))
                {
                    numbers.Add(text, number = texts.Count);
                    texts.Add(text);
                }

                values.Add(number);
            }

            starts.Add(values.Count);
        }

        return cells.Any(cell => cell.Contains('|'))
            ? new RecordAttribute(name, kind, [.. texts], [.. values], [.. starts])
            : new RecordAttribute(name, kind, [.. texts], [.. cells.Select(cell => cell.Length == 0 ? -1 : numbers[cell])]);
    }

    private static string Word(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(i => i % 2 == 0 ? "bdfgklmnprstvz"[random.Next(14)] : "aeiou"[random.Next(5)]));

    private static string Slip(string cell, Random random) => cell.Length < 3 ? cell : cell.Remove(random.Next(cell.Length), 1);
}
