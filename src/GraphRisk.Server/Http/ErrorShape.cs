using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;

namespace GraphRisk.Server.Http;

/// <summary>What an error looks like outside: a message and typed extensions, never an exception's text or stack.</summary>
internal sealed class ErrorShape : IErrorInfoProvider
{
    public ErrorInfo GetInfo(ExecutionError executionError) => executionError switch
    {
        TypedError error => Shape(error.Message, error.Code!, error.Extensions),
        SyntaxError error => Shape(error.Message, Guard.GuardCodes.SyntaxError),
        ValidationError error => Shape(error.Message, ErrorCodes.ValidationFailed, Rule(error)),
        DocumentError error => Shape(error.Message, ErrorCodes.ValidationFailed),
        TimeoutError => Shape("The query took too long.", ErrorCodes.Timeout),
        UnhandledError => Shape(Internal, ErrorCodes.Internal),
        { InnerException: null } error => Shape(error.Message, ErrorCodes.Failed),
        _ => Shape(Internal, ErrorCodes.Internal),
    };

    public const string Internal = "The server failed. The fault is in its log.";

    private static Dictionary<string, object?>? Rule(ValidationError error) =>
        error.Number is { } section ? new() { ["rule"] = error.Code, ["section"] = section } : null;

    private static ErrorInfo Shape(string message, string code, Dictionary<string, object?>? more = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        foreach (var (name, value) in more ?? []) extensions[name] = value;
        return new ErrorInfo { Message = message, Extensions = extensions };
    }
}
