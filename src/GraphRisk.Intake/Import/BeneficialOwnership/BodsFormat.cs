using System.Text;
using System.Text.RegularExpressions;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.BeneficialOwnership;

/// <summary>Statements after the Beneficial Ownership Data Standard 0.4, as a JSON array or one a line.</summary>
public sealed partial class BodsFormat : ISniffedFormat
{
    private readonly SchemaCatalog catalog;

    public BodsFormat(SchemaCatalog catalog) => this.catalog = catalog;

    public string Id => "bods";

    public int Order => 90;

    public bool Recognises(FileDigest digest)
    {
        var head = digest.HeadText();
        return StatementKey().IsMatch(head) && RecordKey().IsMatch(head);
    }

    public FileReading Open(string path, FileDigest digest, ImportOptions options) => new()
    {
        Raw = RecordsOf(path, digest, options),
        Mapper = new BodsRecords(catalog, IndexOf(path, digest, options), options.Knows),
        Source = PartyIndex.Bods,
        Identity = "bods-0.4-2",
        Shapes = Replaced.Everything,
        AllParts = true,
        Encoding = FileEncoding.Utf8,
    };

    public IRecordMapper? OpenDetached(
        string path, byte[] header, FileEncoding encoding, string detached, ImportOptions options, out RecordFault? fault)
    {
        fault = null;
        return new BodsRecords(catalog, File.Exists(path) ? IndexOf(path, FileDigest.Of(path), options) : new BodsIndex(), options.Knows);
    }

    private static BodsIndex IndexOf(string path, FileDigest digest, ImportOptions options)
    {
        var index = new BodsIndex();
        using var records = RecordsOf(path, digest, options);
        while (records.Next(out var record))
            if (record.Fault is null && BodsStatement.Parse(record.Bytes, out _) is { } statement) index.Add(statement);
        return index;
    }

    /// <summary>The file's statements in UTF-8; bytes that are not of its encoding become replacement characters, which no field may hold.</summary>
    private static IRawReader RecordsOf(string path, FileDigest digest, ImportOptions options)
    {
        var stream = digest.Open(path);
        if (digest.Encoding == FileEncoding.Gb18030)
            stream = Encoding.CreateTranscodingStream(stream, CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!, Encoding.UTF8);
        return digest.HeadText().TrimStart().StartsWith('[')
            ? new JsonArrayRecords(stream, options.MaxRecordBytes, "statementId")
            : new LineRecords(new LineReader(stream, options.MaxRecordBytes));
    }

    [GeneratedRegex("\"statementId\"\\s*:")]
    private static partial Regex StatementKey();

    [GeneratedRegex("\"record(?:Type|Details|Id)\"\\s*:")]
    private static partial Regex RecordKey();
}
