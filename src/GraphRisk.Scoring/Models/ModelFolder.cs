using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GraphRisk.Scoring.Models;

/// <summary>
/// A model on disk: <c>model.txt</c> (<see cref="IRiskModel.Text"/>), <c>model.json</c> (<see cref="ModelDefinition"/>) and
/// <c>card.json</c> (<see cref="ModelCard"/>). The version is a hash of the first two; a folder whose content does not
/// hash to the version on its card is refused, so a score can always be traced to the bytes that made it.
/// </summary>
internal static class ModelFolder
{
    private const string TextFile = "model.txt";
    private const string DefinitionFile = "model.json";
    private const string CardFile = "card.json";

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.Strict,
        IgnoreReadOnlyProperties = false,
    };

    /// <summary>First 16 hexadecimal digits of SHA-256 over both texts.</summary>
    internal static string VersionOf(string model, ModelDefinition definition) => VersionOf(model, Text(definition));

    internal static void Save(string folder, string model, ModelDefinition definition, ModelCard card)
    {
        Directory.CreateDirectory(folder);
        Write(folder, TextFile, model);
        Write(folder, DefinitionFile, Text(definition));
        Write(folder, CardFile, Text(card));
    }

    /// <exception cref="ModelException">A file is missing or broken, or the content is not that of the version.</exception>
    internal static (string Text, ModelDefinition Definition, ModelCard Card) Load(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, TextFile));
            var definitionText = File.ReadAllText(Path.Combine(folder, DefinitionFile));
            var card = Parse<ModelCard>(File.ReadAllText(Path.Combine(folder, CardFile)));
            var version = VersionOf(text, definitionText);
            if (version != card.Version)
                throw new ModelException($"{folder} claims to be model {card.Version}, but its content is {version}");
            return (text, Parse<ModelDefinition>(definitionText), card);
        }
        catch (Exception error) when (error is IOException or JsonException or NotSupportedException or UnauthorizedAccessException)
        {
            throw new ModelException($"no model can be read from {folder}: {error.Message}", error);
        }
    }

    private static string VersionOf(string model, string definition) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(model + "\0" + definition)))[..16];

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json) + "\n";

    private static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("empty");

    private static void Write(string folder, string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);
}
