using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphRisk.Server.Guard;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GraphRisk.Server.Http;

/// <summary>Reads the GraphQL parameters out of a GET or a POST, as GraphQL over HTTP states them.</summary>
internal static class RequestReader
{
    /// <summary>The parameters, or why the request carries none.</summary>
    /// <param name="request">A GET or a POST.</param>
    /// <param name="body">Keeps the bytes that the parameters point into, until it is disposed.</param>
    public static async ValueTask<(QueryRequest? Request, HttpRefusal? Refusal)> Read(
        HttpRequest request, QueryLimits limits, PooledBytes body, CancellationToken cancellation)
    {
        if (HttpMethods.IsGet(request.Method)) return ReadUrl(request.Query);
        if (!MediaTypes.IsJsonInUtf8(request.ContentType))
            return (null, new HttpRefusal(415, ErrorCodes.UnsupportedMediaType, "The Content-Type must be application/json in UTF-8."));
        if (!StringValues.IsNullOrEmpty(request.Headers.ContentEncoding))
            return (null, new HttpRefusal(415, ErrorCodes.UnsupportedMediaType, "The body must not be compressed."));
        if (request.ContentLength > limits.MaxBodyBytes || !await body.Fill(request.Body, limits.MaxBodyBytes, cancellation).ConfigureAwait(false))
            return (null, new HttpRefusal(413, ErrorCodes.BodyTooLarge, $"The body is too large: at most {limits.MaxBodyBytes} bytes are read."));
        return RequestParameters.Read(body.Written);
    }

    private static (QueryRequest?, HttpRefusal?) ReadUrl(IQueryCollection url)
    {
        foreach (var name in new[] { "query", "operationName", "variables", "extensions" })
        {
            if (url[name].Count > 1) return (null, HttpRefusal.BadRequest($"The parameter '{name}' is stated twice."));
        }
        var (variables, extensions) = (Bytes(url["variables"]), Bytes(url["extensions"]));
        if (!IsMapOrEmpty(variables)) return (null, HttpRefusal.BadRequest("The parameter 'variables' is not a JSON object."));
        if (!IsMapOrEmpty(extensions)) return (null, HttpRefusal.BadRequest("The parameter 'extensions' is not a JSON object."));
        if (url["query"].Count == 0) return RequestParameters.WithoutText(url["operationName"], NullIsEmpty(variables), NullIsEmpty(extensions));
        return (new QueryRequest(Bytes(url["query"]), url["operationName"], NullIsEmpty(variables), NullIsEmpty(extensions)), null);
    }

    private static byte[] Bytes(StringValues value) => Encoding.UTF8.GetBytes(value.ToString());

    private static byte[] NullIsEmpty(byte[] map) => map is [(byte)'n', ..] ? [] : map;

    private static bool IsMapOrEmpty(byte[] map)
    {
        if (map.Length == 0) return true;
        try
        {
            var json = new Utf8JsonReader(map);
            json.Read();
            var isMap = json.TokenType is JsonTokenType.StartObject or JsonTokenType.Null;
            json.Skip();
            return isMap && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>A growing buffer on loan from the array pool.</summary>
internal sealed class PooledBytes : IDisposable
{
    private byte[] buffer = [];
    private int length;

    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>Reads a stream to its end; false, as soon as it is known, when that is more than <paramref name="limit"/> bytes.</summary>
    public async ValueTask<bool> Fill(Stream stream, int limit, CancellationToken cancellation)
    {
        while (true)
        {
            if (length == buffer.Length) Grow();
            var count = await stream.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            if (count == 0) return true;
            length += count;
            if (length > limit) return false;
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(16 * 1024, buffer.Length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
