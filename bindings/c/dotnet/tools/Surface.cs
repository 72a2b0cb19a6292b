// Prints the public surface of an assembly, a line for each member, sorted: what stands in surface.txt.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static int Main(string[] arguments)
    {
        var types = Assembly.LoadFrom(arguments[0]).GetTypes().Where(type => type.IsVisible);
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            Console.WriteLine(Head(type));
            foreach (var line in Members(type).OrderBy(line => line, StringComparer.Ordinal))
                Console.WriteLine("    " + line);
            Console.WriteLine();
        }
        return 0;
    }

    private static string Head(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return "delegate " + Method(type.GetMethod("Invoke")).Replace(" Invoke(", " " + type.FullName + "(");
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsSealed ? "sealed class" : "class";
        var above = new[] { type.BaseType }.Concat(type.GetInterfaces())
            .Where(other => other != null && other != typeof(object) && other != typeof(ValueType) && other != typeof(Enum)
                && (other.IsInterface ? !type.IsEnum && !(type.BaseType?.GetInterfaces().Contains(other) ?? false) : true))
            .Select(Name).OrderBy(name => name, StringComparer.Ordinal);
        var list = string.Join(", ", above);
        return kind + " " + type.FullName + (list == "" ? "" : " : " + list);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            yield break;
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic))
        {
            if (type.IsEnum && field.IsStatic)
                yield return field.Name + " = " + Convert.ToInt64(field.GetRawConstantValue());
            else if (!type.IsEnum)
                yield return (field.IsLiteral ? "const " : "") + Name(field.FieldType) + " " + field.Name
                    + (field.IsLiteral ? " = " + field.GetRawConstantValue() : "");
        }
        foreach (var made in type.GetConstructors(Declared).Where(made => made.IsPublic))
            yield return "new(" + Parameters(made) + ")";
        foreach (var property in type.GetProperties(Declared).Where(property => property.GetGetMethod() != null))
        {
            var index = property.GetIndexParameters();
            yield return (property.GetGetMethod().IsStatic ? "static " : "") + Name(property.PropertyType) + " "
                + (index.Length == 0 ? property.Name : "this[" + Name(index[0].ParameterType) + "]")
                + (property.GetSetMethod() == null ? " { get; }" : " { get; set; }");
        }
        foreach (var method in type.GetMethods(Declared).Where(method => method.IsPublic && !method.IsSpecialName))
            yield return (method.IsStatic ? "static " : "") + Method(method);
    }

    private static string Method(MethodInfo method) => Name(method.ReturnType) + " " + method.Name + "(" + Parameters(method) + ")";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "")
        + (parameter.IsOut ? "out " : "") + Name(parameter.ParameterType) + " " + parameter.Name
        + (parameter.IsOptional ? " = " + Default(parameter) : "")));

    private static string Default(ParameterInfo parameter)
    {
        var value = parameter.RawDefaultValue;
        return value == null || value is Missing ? "default" : value.ToString();
    }

    private static readonly Dictionary<string, string> Keywords = new Dictionary<string, string>
    {
        ["Boolean"] = "bool", ["Byte"] = "byte", ["Double"] = "double", ["Int32"] = "int", ["Int64"] = "long", ["String"] = "string",
        ["Void"] = "void",
    };

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType());
        if (type.IsArray)
            return Name(type.GetElementType()) + "[]";
        if (Nullable.GetUnderlyingType(type) is Type within)
            return Name(within) + "?";
        if (!type.IsGenericType)
        {
            if (type.Namespace == "Chipid")
                return type.FullName.Substring("Chipid.".Length).Replace('+', '.');
            return Keywords.TryGetValue(type.Name, out var keyword) ? keyword : type.Name;
        }
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
        return type.Name.Split('`')[0] + "<" + arguments + ">";
    }
}
