using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using Lucene.Net.Documents;
using LuceneField = Lucene.Net.Documents.Field;

namespace GraphRisk.Server.Search;

/// <summary>
/// One text of one recording of a fact, as a document of the index. <see cref="Known"/> and <see cref="Superseded"/>
/// bound the store versions that believe it, so that the index answers for every <c>knownAt</c>.
/// </summary>
internal static class IndexedText
{
    public const string Node = "node";
    public const string Type = "type";
    public const string Field = "field";
    public const string Text = "text";
    public const string Fact = "fact";

    /// <summary>Number of the recording: what is marked when a later recording takes its place.</summary>
    public const string Recording = "recording";

    /// <summary>First store version that believes the text.</summary>
    public const string Known = "known";

    /// <summary>First store version that does not believe it any more; <see cref="long.MaxValue"/> while all do.</summary>
    public const string Superseded = "superseded";

    /// <summary>Code of the broker whose data set states it; empty for an open one.</summary>
    public const string Owner = "owner";

    /// <summary>From when the fact holds, in milliseconds since 1970.</summary>
    public const string Since = "since";

    public const string Key = "key";
    public const string Pinyin = "pinyin";
    public const string Initials = "initials";
    public const string Words = "words";

    /// <summary>The characters of a name one by one, Latin words whole.</summary>
    public const string Characters = "characters";

    /// <summary>The readings of a name's characters, those of one character at one position.</summary>
    public const string Syllables = "syllables";

    public const string Identifier = "identifier";

    /// <summary>Longer texts are prose: they are found by their words, not by how they begin.</summary>
    private const int LongestName = 80;

    /// <summary>Longest sign of a market behind a code: SH, HK, a MIC (ISO 10383).</summary>
    private const int LongestMarket = 4;

    /// <summary>Whether any text of nodes of a type is indexed.</summary>
    public static bool Has(NodeType type) => type.Fields.Any(IsIndexed);

    /// <summary>The documents of a recording: one for each value of a searchable field, identifier or key.</summary>
    public static IEnumerable<Document> Of(NodeType type, NodeFact fact, RecordedFact recorded)
    {
        foreach (var (name, value) in fact.Properties)
        {
            var field = type.GetField(name);
            if (!IsIndexed(field)) continue;
            var texts = value.Kind == FieldKind.StringList ? value.AsStrings() : ImmutableArray.Create(value.AsString());
            foreach (var text in texts) yield return Document(field, text, fact, recorded);
        }
    }

    private static bool IsIndexed(Graph.Schema.Field field) => field.Searchable || field.IdentifierScheme is not null || field.Unique;

    // What an open source states of a broker's record is for neither others nor, as what it states itself, for the broker.
    private static string OwnerOf(NodeFact fact) =>
        SourceOwner.Of(fact.Provenance.Source) ?? (SourceOwner.Of(fact.Node) is null ? "" : "?");

    private static Document Document(Graph.Schema.Field field, string text, NodeFact fact, RecordedFact recorded)
    {
        var id = fact.Node.ToString();
        var document = new Document
        {
            new StringField(Node, id, LuceneField.Store.YES),
            new SortedDocValuesField(Node, new Lucene.Net.Util.BytesRef(id)),
            new StringField(Type, fact.Node.Type, LuceneField.Store.NO),
            new StringField(Owner, OwnerOf(fact), LuceneField.Store.NO),
            new StringField(Field, field.Name, LuceneField.Store.YES),
            new StoredField(Text, text),
            new StringField(Fact, fact.Id.ToString(), LuceneField.Store.NO),
            new StringField(Recording, recorded.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), LuceneField.Store.YES),
            new Int64Field(Known, recorded.Version, LuceneField.Store.NO),
            new NumericDocValuesField(Superseded, long.MaxValue),
            new Int64Field(Since, fact.Validity.From.ToUnixTimeMilliseconds(), LuceneField.Store.NO),
        };
        if (field.IdentifierScheme is not null || field.Unique) AddIdentifier(document, text);
        if (field.Searchable) AddName(document, text);
        return document;
    }

    private static void AddIdentifier(Document document, string text)
    {
        document.Add(new StringField(Identifier, SearchText.IdentifierKey(text), LuceneField.Store.NO));
        if (text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            document.Add(new StringField(Identifier, SearchText.IdentifierKey(text[(colon + 1)..]), LuceneField.Store.NO));
        if (WithoutMarket(text) is { } bare) document.Add(new StringField(Identifier, SearchText.IdentifierKey(bare), LuceneField.Store.NO));
    }

    /// <summary>A security's code without the market it is traded in: 600000 of 600000.SH; null for what is written otherwise.</summary>
    private static string? WithoutMarket(string text) =>
        text.LastIndexOf('.') is > 0 and var dot && text.Length - dot - 1 is >= 1 and <= LongestMarket && text.AsSpan(dot + 1).IndexOfAnyExceptInRange('A', 'Z') < 0
            ? text[..dot] : null;

    private static void AddName(Document document, string text)
    {
        document.Add(new TextField(Words, SearchText.Fold(text), LuceneField.Store.NO));
        var key = SearchText.Key(text);
        if (key.Length is 0 or > LongestName) return;
        document.Add(new StringField(Key, key, LuceneField.Store.YES));
        document.Add(new TextField(Characters, SearchText.Fold(text), LuceneField.Store.NO));
        document.Add(new TextField(Syllables, new SyllableStream(key)));
        if (Search.Pinyin.Of(key) is not { } pinyin) return;
        foreach (var spelling in pinyin.Spellings) document.Add(new StringField(Pinyin, spelling, LuceneField.Store.YES));
        foreach (var letters in pinyin.Initials) document.Add(new StringField(Initials, letters, LuceneField.Store.NO));
    }
}
