using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphQL.Types;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Tests.Http;

/// <summary>A real server on a free loopback port, in a data directory of its own, over the <see cref="TinySchema"/>.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    private readonly WebApplication server;

    private TinyServer(WebApplication server, ServerOptions options)
    {
        this.server = server;
        Options = options;
        Url = server.GraphQLAddress();
        Client = new HttpClient();
    }

    public ServerOptions Options { get; }

    public string Url { get; }

    public HttpClient Client { get; }

    public static TimeProvider Clock { get; } = new FixedClock(new DateTimeOffset(2026, 1, 5, 9, 30, 0, TimeSpan.Zero));

    /// <param name="change">Changes how it is run.</param>
    /// <param name="clock">Its clock; <see cref="Clock"/> where null.</param>
    /// <param name="compose">Registers more than the schema.</param>
    public static async Task<TinyServer> Start(
        Func<ServerOptions, ServerOptions>? change = null, TimeProvider? clock = null, Action<IServiceCollection>? compose = null)
    {
        var options = new ServerOptions { DataDirectory = Directory.CreateTempSubdirectory("graphrisk-server-").FullName, Port = 0, DevelopmentTokens = true };
        options = change?.Invoke(options) ?? options;
        var server = GraphRiskServer.Build(options, clock ?? Clock, services =>
        {
            services.AddSingleton(_ => TinySchema.Create());
            compose?.Invoke(services);
        });
        await server.StartAsync();
        return new TinyServer(server, options);
    }

    public T Service<T>() where T : notnull => server.Services.GetRequiredService<T>();

    public string TokenFor(Viewer viewer) => Service<DevelopmentTokens>().Issue(viewer, TimeSpan.FromHours(1));

    public async Task<Reply> Post(string body, Viewer? viewer = null, string? accept = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await Send(request, viewer, accept);
    }

    public Task<Reply> Ask(string query, Viewer? viewer = null, string? accept = null) =>
        Post(JsonSerializer.Serialize(new { query }), viewer, accept);

    public async Task<Reply> Get(string parameters, Viewer? viewer = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url + parameters);
        return await Send(request, viewer, accept);
    }

    public async Task<Reply> Send(HttpRequestMessage request, Viewer? viewer = null, string? accept = null)
    {
        if (viewer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenFor(viewer));
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Client.SendAsync(request);
        return new Reply((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Headers, response.Content.Headers, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        Directory.Delete(Options.DataDirectory, recursive: true);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

internal sealed record Reply(int Status, string? ContentType, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Body)
{
    /// <summary>The code of the first error, or null.</summary>
    public string? Code => JsonDocument.Parse(Body).RootElement.TryGetProperty("errors", out var errors)
        ? errors[0].GetProperty("extensions").GetProperty("code").GetString()
        : null;
}
