using System.Globalization;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Stores.Erasure;

/// <summary>Turns the rows of a log about some nodes into tombstones, and strikes texts out of the others.</summary>
/// <param name="erasure">Number of the erasure.</param>
/// <param name="nodes">Numbers of the nodes.</param>
/// <param name="sought">What is struck out.</param>
internal sealed class TombstoneWriting(long erasure, HashSet<long> nodes, SoughtTexts sought) : ILogRewriting
{
    // Columns of the tables as LogDump names them.
    private const int NodeKey = 2;
    private const int Sequence = 0, First = 2, Kind = 3, RowType = 4, A = 5, B = 6, Key = 7, RecordKey = 9, Span = 10, From = 11, To = 12, Content = 13;
    private const int SetOfVersion = 1, Author = 3;
    private static readonly long Begin = Tombstone.Begin.ToUnixTimeMilliseconds();
    private readonly Dictionary<long, (long Fact, long Recordings)> facts = [];
    private readonly Dictionary<string, string> sets = new(StringComparer.Ordinal);
    private readonly ByteWriter properties = new();

    /// <summary>Recordings that became tombstones.</summary>
    public long Tombstones { get; private set; }

    /// <summary>Recordings in which something was struck out.</summary>
    public long Struck { get; private set; }

    /// <summary>Whether a recording was a tombstone before.</summary>
    /// <param name="validFrom">When it begins to hold, as it is stored.</param>
    public static bool IsOne(long validFrom) => validFrom >= Begin;

    public void Rewrite(string table, ReadOnlySpan<long> numbers, ReadOnlySpan<byte[]?> texts, Statement insert, Session session)
    {
        switch (table)
        {
            case LogDump.Nodes when nodes.Contains(numbers[0]):
                insert.Bind(NodeKey + 1, Tombstone.KeyOf(erasure, numbers[0]));
                break;
            case LogDump.Versions:
                if (Names(texts[SetOfVersion])) insert.Bind(SetOfVersion + 1, SetOf(texts[SetOfVersion]!));
                if (sought.IsIn(texts[Author])) insert.Bind(Author + 1, sought.StrikeOut(Encoding.UTF8.GetString(texts[Author]!)));
                break;
            case LogDump.Sets when Names(texts[0]):
                insert.Bind(1, SetOf(texts[0]!));
                break;
            case LogDump.Recordings when nodes.Contains(numbers[A]) || nodes.Contains(numbers[B]):
                if (!IsOne(numbers[From])) Bury(numbers, insert);
                break;
            case LogDump.Recordings:
                StrikeOut(numbers, texts, insert, session);
                break;
            default:
                break;
        }
    }

    private bool Names(byte[]? text) => sought.IsIn(text) && sought.In(Encoding.UTF8.GetString(text!)).Any();

    private void Bury(ReadOnlySpan<long> numbers, Statement insert)
    {
        var first = numbers[First] == 0 ? numbers[Sequence] : numbers[First];
        var (fact, recordings) = facts.TryGetValue(first, out var known) ? known : (facts.Count, 0);
        if (numbers[Kind] == (long)ChangeKind.Assert) recordings++;
        facts[first] = (fact, recordings);
        properties.Clear();
        properties.Unsigned(0);
        insert.Bind(Key + 1, (string?)null).Bind(RecordKey + 1, Tombstone.RecordOf(recordings)).Bind(Span + 1, (long?)null)
            .Bind(From + 1, Tombstone.ValidityOf(fact).From.ToUnixTimeMilliseconds()).Bind(To + 1, (long?)null).Bind(Content + 1, properties.Written);
        Tombstones++;
    }

    private void StrikeOut(ReadOnlySpan<long> numbers, ReadOnlySpan<byte[]?> texts, Statement insert, Session session)
    {
        var isStruck = false;
        foreach (var column in (ReadOnlySpan<int>)[Key, RecordKey])
        {
            if (!sought.IsIn(texts[column])) continue;
            var text = Encoding.UTF8.GetString(texts[column]!);
            var without = sought.StrikeOut(text);
            insert.Bind(column + 1, without);
            isStruck |= without != text;
        }

        if (sought.IsIn(texts[Content]) && PropertyCodec.Read(texts[Content], session.Dictionaries) is var content && Without(content) is var left && !left.Equals(content))
        {
            properties.Clear();
            PropertyCodec.Write(left, session.Dictionaries.Types.ValueOf(numbers[RowType]).Name, session.Dictionaries, properties);
            insert.Bind(Content + 1, properties.Written);
            isStruck = true;
        }

        if (isStruck) Struck++;
    }

    private Properties Without(Properties content) => Properties.Of(content.Select(property => new Property(property.Name, property.Value.Kind switch
    {
        FieldKind.String => PropertyValue.Of(sought.StrikeOut(property.Value.AsString())),
        FieldKind.StringList => PropertyValue.Of([.. property.Value.AsStrings().Select(sought.StrikeOut)]),
        _ => property.Value,
    })));

    /// <summary>Another id for a set whose own names the client.</summary>
    private string SetOf(byte[] id)
    {
        var text = Encoding.UTF8.GetString(id);
        if (!sets.TryGetValue(text, out var other)) sets.Add(text, other = string.Create(CultureInfo.InvariantCulture, $"erased:{erasure}-set-{sets.Count + 1}"));
        return other;
    }
}
