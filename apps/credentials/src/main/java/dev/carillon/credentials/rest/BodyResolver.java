package dev.carillon.credentials.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a call, from JSON or from a form, for methods that take a {@link Body}. */
final class BodyResolver implements HandlerMethodArgumentResolver {

    private final JsonMapper json;

    BodyResolver(JsonMapper json) {
        this.json = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Body.class;
    }

    @Override
    public Body resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        HttpServletRequest request = (HttpServletRequest) webRequest.getNativeRequest();
        return new Body(isForm(request) ? form(request) : json(request));
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    private static Map<String, @Nullable Object> form(HttpServletRequest request) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> fields.put(name, values[values.length - 1]));
        return fields;
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are text
    private Map<String, @Nullable Object> json(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        if (body.length == 0) {
            return Map.of();
        }
        Object value;
        try {
            value = json.readValue(body, Object.class);
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    "JSON parse error - " + e.getOriginalMessage(), e, new ServletServerHttpRequest(request));
        }
        if (!(value instanceof Map)) {
            throw new InvalidFieldsException("non_field_errors", "Invalid data. Expected a dictionary.");
        }
        return (Map<String, @Nullable Object>) value;
    }
}
