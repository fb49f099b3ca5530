using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.FollowTheMoney;

/// <summary>FollowTheMoney entities, one a line, as OpenSanctions and others publish them.</summary>
public sealed partial class FtmFormat : ISniffedFormat
{
    private readonly SchemaCatalog catalog;

    public FtmFormat(SchemaCatalog catalog) => this.catalog = catalog;

    public string Id => "followthemoney";

    public int Order => 90;

    public bool Recognises(FileDigest digest)
    {
        var head = digest.HeadText();
        return head.TrimStart().StartsWith('{') && SchemaKey().IsMatch(head) && PropertiesKey().IsMatch(head);
    }

    public FileReading Open(string path, FileDigest digest, ImportOptions options) => new()
    {
        Raw = new LineRecords(new LineReader(digest.Open(path), options.MaxRecordBytes)),
        Mapper = new FtmRecords(catalog, IndexOf(path, digest, options), digest.Encoding, options.Knows, options.PassedOver),
        Source = PartyIndex.Ftm,
        Identity = "followthemoney-2",
        Shapes = Replaced.Everything,
        AllParts = true,
    };

    public IRecordMapper? OpenDetached(
        string path, byte[] header, FileEncoding encoding, string detached, ImportOptions options, out RecordFault? fault)
    {
        fault = null;
        var index = File.Exists(path) ? IndexOf(path, FileDigest.Of(path), options) : new PartyIndex();
        return new FtmRecords(catalog, index, encoding, options.Knows, options.PassedOver);
    }

    /// <summary>Gathers the types of all parties in a pass over the file that reads ids and schemas alone.</summary>
    private static PartyIndex IndexOf(string path, FileDigest digest, ImportOptions options)
    {
        var index = new PartyIndex();
        var decoder = digest.Encoding == FileEncoding.Utf8 ? null : new TextDecoder(digest.Encoding);
        using var records = new LineRecords(new LineReader(digest.Open(path), options.MaxRecordBytes));
        while (records.Next(out var record))
        {
            if (record.Fault is null && ReadHead(Utf8Of(record.Bytes.Span, decoder)) is var (id, schema))
                index.Add(id, FtmParty.TypeOf(schema));
        }

        return index;
    }

    private static ReadOnlySpan<byte> Utf8Of(ReadOnlySpan<byte> bytes, TextDecoder? decoder) => decoder is null
        ? bytes
        : decoder.Decode(bytes) is null ? System.Text.Encoding.UTF8.GetBytes(decoder.Buffer, 0, decoder.Length) : [];

    private static (string Id, string Schema)? ReadHead(ReadOnlySpan<byte> line)
    {
        string? id = null, schema = null;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while ((id is null || schema is null) && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id");
                var isSchema = reader.ValueTextEquals("schema");
                reader.Read();
                if (isId && reader.TokenType == JsonTokenType.String) id = reader.GetString();
                else if (isSchema && reader.TokenType == JsonTokenType.String) schema = reader.GetString();
                else reader.Skip();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The record is broken; the pass that makes facts says so.
            return null;
        }

        return id is not null && schema is not null ? (id, schema) : null;
    }

    [GeneratedRegex("\"schema\"\\s*:\\s*\"[A-Z]\\w*\"")]
    private static partial Regex SchemaKey();

    [GeneratedRegex("\"properties\"\\s*:\\s*\\{")]
    private static partial Regex PropertiesKey();
}
