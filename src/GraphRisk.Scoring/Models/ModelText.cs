using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Scoring.Models;

/// <summary>
/// Parameters of a model as one line of JSON. Doubles are written in the fewest digits that read back to the same bits,
/// members in the order of their declaration: the text is a function of the parameters alone.
/// </summary>
internal static class ModelText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // the last border of a bin is infinite
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static string Write<T>(T parameters) => JsonSerializer.Serialize(parameters, Json);

    /// <exception cref="ModelException">The text is broken or of another family.</exception>
    internal static T Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) ?? throw new ModelException("the model's text is empty");
        }
        catch (JsonException error)
        {
            throw new ModelException($"the model's text cannot be read: {error.Message}", error);
        }
    }
}
